import { parsePipeline } from "../../tekton/parse-pipeline.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import type { Pipeline, Task } from "../../tekton/types.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import type { Mistake } from "../checks/mistake.ts";
import { valueAt } from "../json.ts";
import { tektonMistakes } from "../reading/tekton-mistakes.ts";
import type { Sourced } from "../repository.ts";
import { rules } from "../rules/rules.ts";
import type { FetchedFile, FetchedFiles } from "./fetched-file.ts";

/** What a file elsewhere holds, as far as it is known. */
export type FileElsewhere =
  | ObjectElsewhere<"pipeline", Pipeline>
  | ObjectElsewhere<"task", Task>
  /** `reason` ends the sentence. */
  | { readonly kind: "unusable"; readonly reason: string }
  /** `reason` and `help` are whole sentences. */
  | { readonly kind: "unknown"; readonly reason: string; readonly help: string };

export interface ObjectElsewhere<Kind extends string, T> {
  readonly kind: Kind;
  readonly object: Sourced<T>;
  /** What would make its run fail, at places of that file. */
  readonly mistakes: readonly Mistake[];
}

/** By `gitFileKey`. */
export type FilesElsewhere = ReadonlyMap<string, FileElsewhere>;

/** A file at a commit never changes: whoever gives the same answer again gets the same objects. */
const known = new WeakMap<FetchedFile, FileElsewhere>();

/** Reads the files elsewhere that were fetched. */
export function readElsewhere(fetched: FetchedFiles): FilesElsewhere {
  return new Map(
    [...fetched].map(([key, file]) => {
      const read = known.get(file) ?? readFetched(key, file);
      known.set(file, read);
      return [key, read];
    }),
  );
}

function readFetched(key: string, file: FetchedFile): FileElsewhere {
  if (file.kind !== "content") return file;
  const text = decodeText(file.content);
  if (!text.ok) return { kind: "unusable", reason: "it is no UTF-8 text" };
  const { documents, problems } = parseYaml(key, text.value);
  const [problem] = problems;
  if (problem !== undefined) {
    return { kind: "unusable", reason: placed(problem.range, problem.message) };
  }
  const [document] = documents;
  return document === undefined
    ? { kind: "unusable", reason: "it is empty" }
    : readDocument(key, document);
}

function readDocument(path: string, source: SourceDocument): FileElsewhere {
  const mistakes = tektonMistakes(source).filter(({ rule }) => rules[rule].severity === "error");
  const kind = valueAt(source.value, ["kind"]);
  const pipeline = kind === "Pipeline" ? parsePipeline(source) : undefined;
  if (pipeline?.ok === true) {
    return { kind: "pipeline", object: { path, source, value: pipeline.value }, mistakes };
  }
  const task = kind === "Task" ? parseTask(source) : undefined;
  if (task?.ok === true) {
    return { kind: "task", object: { path, source, value: task.value }, mistakes };
  }
  const [first] = mistakes;
  if (first !== undefined) return { kind: "unusable", reason: placed(first, first.message) };
  return { kind: "unusable", reason: "it holds neither a Pipeline nor a Task" };
}

/** A message about a place in a file that is named already. */
export function placed(
  { line, column }: { readonly line: number; readonly column: number },
  message: string,
): string {
  return `line ${line}, column ${column}: ${message}`;
}
