import { checkPipelineTasks } from "./checks/tekton-files/check-pipeline-tasks.ts";
import { checkTektonFiles } from "./checks/tekton-files/check-tekton-files.ts";
import type { Mistake } from "./checks/mistake.ts";
import type { Finding } from "./findings/finding.ts";
import { toFindings } from "./findings/to-findings.ts";
import { parseContent, tooLarge } from "./reading/read-file.ts";
import { tektonMistakes } from "./reading/tekton-mistakes.ts";
import type { RepositoryFile } from "./repository.ts";
import { applySilences } from "./silencing/apply-silences.ts";
import { silencesOf } from "./silencing/silences-of.ts";
import { readTektonObjects } from "./tekton-files/read-tekton-objects.ts";
import type { StreamsSettings } from "./types.ts";
import { isYamlFile } from "./yaml-file.ts";
import type { SourceDocument } from "../yaml/types.ts";

/**
 * Every mistake in Tekton files that belong to no streams repository, by themselves and against each other. Names are
 * looked up in the nearest folder that has them; what stands nowhere is said to be not verified.
 */
export function validateTektonFiles(
  files: Iterable<RepositoryFile>,
  settings?: StreamsSettings,
): readonly Finding[] {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const documents: SourceDocument[] = [];
  const mistakes: Mistake[] = [];
  for (const file of sorted) {
    if (!isYamlFile(file.path) || file.mode === "symlink" || file.mode === "submodule") continue;
    if (file.content === undefined) {
      mistakes.push(tooLarge(file));
      continue;
    }
    const read = parseContent(file.path, file.content);
    documents.push(...read.documents);
    mistakes.push(...read.mistakes);
  }
  const tree = { paths: new Set(sorted.map(({ path }) => path)), folders: [""] };
  const objects = readTektonObjects(documents, tree);
  mistakes.push(...documents.flatMap(tektonMistakes));
  mistakes.push(...checkPipelineTasks(objects), ...checkTektonFiles(objects));
  const silences = sorted.filter(({ path }) => isYamlFile(path)).flatMap(silencesOf);
  return toFindings(applySilences(mistakes, silences).mistakes, settings ?? {});
}
