import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ProblemError } from "../problem.ts";
import { placeOf } from "../streams/place-of.ts";

/** A streams repository, and the part of it that a person named. */
export interface NamedPart {
  readonly root: string;
  /** Path from the root with `/`; empty for the whole repository. */
  readonly part: string;
}

const folders = ["streams", "tekton"];
const settings = ".github/okd-streams.yml";

/** The streams repository around a path; a ProblemError where there is no such path or no repository. */
export function findRepositoryRoot(path: string): NamedPart {
  const found = findRepository(path);
  if (found !== undefined) return found;
  throw new ProblemError({
    kind: "not-found",
    what: `${JSON.stringify(path)} is no part of a streams repository.`,
    next: "A streams repository has YAML files in streams/ or tekton/, or the file .github/okd-streams.yml.",
  });
}

/** The same, undefined where there is no repository around the path. */
export function findRepository(path: string): NamedPart | undefined {
  const named = resolve(path);
  if (!existsSync(named)) {
    throw new ProblemError({
      kind: "not-found",
      what: `There is no ${JSON.stringify(path)}.`,
      next: "Name a streams repository, or a folder or a file of one.",
    });
  }
  const start = statSync(named).isDirectory() ? named : dirname(named);
  for (let root = start; ; root = dirname(root)) {
    if (isRoot(root, named)) {
      return { root, part: relative(root, named).split(sep).join("/") };
    }
    if (root === dirname(root)) return undefined;
  }
}

function isRoot(root: string, named: string): boolean {
  const isMarked = folders.some((folder) => holdsYaml(join(root, folder)));
  if (!isMarked && !existsSync(join(root, settings))) return false;
  if (root === named || statSync(named).isDirectory()) return true;
  const path = relative(root, named).split(sep).join("/");
  return placeOf(path).kind !== "misplaced";
}

/** Sources may have folders of the same names, with no YAML in them. */
function holdsYaml(folder: string): boolean {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return (
    entries.some((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name)) ||
    entries.some((entry) => entry.isDirectory() && holdsYaml(join(folder, entry.name)))
  );
}
