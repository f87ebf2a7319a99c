import type { ValidateFunction } from "ajv";
import { parsePipeline } from "../../tekton/parse-pipeline.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import type { Pipeline, Task } from "../../tekton/types.ts";
import type { Result } from "../../problem.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import { valueAt } from "../json.ts";
import { mistakeAt } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";
import { misplacedDocument } from "./better-place.ts";
import type { Place } from "../place-of.ts";
import { readFile } from "./read-file.ts";
import { readObject } from "./read-object.ts";
import { tektonMistakes } from "./tekton-mistakes.ts";
import type { RepositoryFile, Sourced } from "../repository.ts";
import { schemas } from "../schemas.ts";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "../types.ts";

/** An object of a file; `valid` where it is free of mistakes of schema, `checkable` also where they can be read past. */
export interface ReadAs<Kind extends string, T> {
  readonly kind: Kind;
  readonly valid?: Sourced<T>;
  readonly checkable?: Sourced<T>;
}

export type AnyReadObject =
  | ReadAs<"stream", Stream>
  | ReadAs<"channel", Channel>
  | ReadAs<"channelRelease", ChannelRelease>
  | ReadAs<"settings", StreamsSettings>
  | ReadAs<"pipeline", Pipeline>
  | ReadAs<"task", Task>;

/** What one file holds, and the mistakes that can be told without looking at any other. */
export interface FileObjects {
  readonly place: Place;
  readonly objects: readonly AnyReadObject[];
  /** Those of a Tekton file, of whatever kind they are. */
  readonly tektonDocuments?: readonly SourceDocument[];
  readonly mistakes: readonly Mistake[];
}

/** A file is what it is: whoever gives the same file again gets the same objects. */
const known = new WeakMap<RepositoryFile, FileObjects>();

/** Reads one file by its place; `value` is its data where that was parsed before. */
export function readObjects(file: RepositoryFile, value?: unknown): FileObjects {
  const before = known.get(file);
  if (before !== undefined) return before;
  const objects = readAnew(file, value);
  known.set(file, objects);
  return objects;
}

function readAnew(file: RepositoryFile, value: unknown): FileObjects {
  const { path } = file;
  const { place, documents, mistakes: ofText } = readFile(file, value);
  const mistakes = [...ofText];
  if (place.kind === "tekton") {
    const objects = documents.flatMap((document) => readTekton(path, document, mistakes));
    return { place, objects, tektonDocuments: documents, mistakes };
  }
  const [first, second] = documents;
  if (first === undefined) return { place, objects: [], mistakes };
  if (second !== undefined) {
    mistakes.push(
      mistakeAt(second, "yaml-documents", [], "key", {
        message: "The file holds more than one document.",
        help: "Move each further document to a file of its own.",
      }),
    );
  }
  const misplaced = misplacedDocument(path, first);
  if (misplaced !== undefined) return { place, objects: [], mistakes: [...mistakes, misplaced] };
  const read = <Kind extends string, T>(kind: Kind, schema: ValidateFunction<T>) => {
    const { mistakes: ofSchema, ...object } = readObject(path, first, schema);
    mistakes.push(...ofSchema);
    return { place, objects: [{ kind, ...object }], mistakes };
  };
  if (place.kind === "stream") return read("stream", schemas.stream);
  if (place.kind === "channel") return read("channel", schemas.channel);
  if (place.kind === "channelRelease") return read("channelRelease", schemas.channelRelease);
  if (place.kind === "settings") return read("settings", schemas.settings);
  return { place, objects: [], mistakes };
}

function readTekton(path: string, source: SourceDocument, mistakes: Mistake[]): AnyReadObject[] {
  const misplaced = misplacedDocument(path, source);
  if (misplaced !== undefined) {
    mistakes.push(misplaced);
    return [];
  }
  mistakes.push(...tektonMistakes(source));
  const kind = valueAt(source.value, ["kind"]);
  if (kind === "Pipeline") return keep("pipeline", path, source, parsePipeline(source));
  if (kind === "Task") return keep("task", path, source, parseTask(source));
  return [];
}

/** A document that can't be parsed has its mistakes already. */
function keep<Kind extends string, T>(
  kind: Kind,
  path: string,
  source: SourceDocument,
  parsed: Result<T>,
): ReadAs<Kind, T>[] {
  return parsed.ok ? [{ kind, valid: { path, source, value: parsed.value } }] : [];
}
