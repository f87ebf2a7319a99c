import type { SourceDocument } from "../../yaml/types.ts";
import { isRecord } from "../json.ts";
import type { StreamsRepository } from "../repository.ts";
import { listenedTriggers } from "../tekton-files/listened.ts";
import type { ListenedTrigger } from "../tekton-files/listened.ts";
import { readTektonObjects } from "../tekton-files/read-tekton-objects.ts";

const group = "triggers.tekton.dev/";

/** The triggers of a set of documents with what they name; empty where there is no EventListener that hears them. */
export function triggersIn(documents: Iterable<SourceDocument>): readonly ListenedTrigger[] {
  const objects = readTektonObjects(documents, { paths: new Set(), folders: [] });
  return objects.eventListeners.length === 0 ? [] : listenedTriggers(objects);
}

/** The documents of a repository that say which requests start which runs. */
export function triggerDocuments({
  tektonDocuments,
}: Pick<StreamsRepository, "tektonDocuments">): readonly SourceDocument[] {
  return tektonDocuments.filter(({ value }) => {
    const version = isRecord(value) ? value["apiVersion"] : undefined;
    return typeof version === "string" && version.startsWith(group);
  });
}
