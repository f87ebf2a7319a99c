import type { SourceDocument } from "../../../yaml/types.ts";
import { readTektonObjects } from "../../tekton-files/read-tekton-objects.ts";
import { haveSameItems } from "../../same-items.ts";
import type { Checkable } from "../checkable.ts";
import type { Mistake } from "../mistake.ts";
import { checkTektonFiles } from "./check-tekton-files.ts";

interface Checked {
  readonly documents: readonly SourceDocument[];
  readonly paths: readonly string[];
  readonly mistakes: Mistake[];
}

/** Most changes leave tekton/ as it was, and its documents are then the same objects. */
const lastChecked: Checked[] = [];
const maximumChecked = 8;

/** The folder tekton/ of a streams repository: triggers, runs and whatever else stands there, against each other. */
export function checkTektonFolder({
  tektonDocuments: documents,
  tektonPaths,
}: Pick<Checkable, "tektonDocuments" | "tektonPaths">): Mistake[] {
  const paths = [...tektonPaths];
  const known = lastChecked.find(
    (other) => haveSameItems(other.documents, documents) && haveSameItems(other.paths, paths),
  );
  if (known !== undefined) return known.mistakes;
  const tree = { paths: tektonPaths, folders: ["tekton"] };
  const mistakes = checkTektonFiles(readTektonObjects(documents, tree));
  lastChecked.unshift({ documents, paths, mistakes });
  lastChecked.splice(maximumChecked);
  return mistakes;
}
