import { parsePipeline } from "../../tekton/parse-pipeline.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import type { Pipeline, Task } from "../../tekton/types.ts";
import type { Result } from "../../problem.ts";
import type { ValidateFunction } from "ajv";
import type { SourceDocument } from "../../yaml/types.ts";
import { valueAt } from "../json.ts";
import { mistakeAt } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";
import { readFile } from "./read-file.ts";
import type { ReadFile } from "./read-file.ts";
import { readObject } from "./read-object.ts";
import type { RepositoryFile, Sourced } from "../repository.ts";
import { schemas } from "../schemas.ts";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "../types.ts";

/** Objects of one kind in the order of their files; `valid` is a part of `checkable`. */
export interface ObjectsOfKind<T> {
  readonly valid: Sourced<T>[];
  readonly checkable: Sourced<T>[];
}

/** Everything that the files of a repository hold, before any rule looks at it. */
export interface ReadRepository {
  readonly files: ReadonlyMap<string, RepositoryFile>;
  readonly streams: ObjectsOfKind<Stream>;
  readonly channels: ObjectsOfKind<Channel>;
  readonly channelReleases: ObjectsOfKind<ChannelRelease>;
  readonly settings: ObjectsOfKind<StreamsSettings>;
  readonly pipelines: Map<string, Sourced<Pipeline>>;
  readonly tasks: Map<string, Sourced<Task>>;
  readonly mistakes: Mistake[];
}

/** Reads every file by its place. */
export function readRepository(files: Iterable<RepositoryFile>): ReadRepository {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const repository: ReadRepository = {
    files: new Map(sorted.map((file) => [file.path, file])),
    streams: { valid: [], checkable: [] },
    channels: { valid: [], checkable: [] },
    channelReleases: { valid: [], checkable: [] },
    settings: { valid: [], checkable: [] },
    pipelines: new Map(),
    tasks: new Map(),
    mistakes: [],
  };
  for (const file of sorted) {
    const read = readFile(file);
    repository.mistakes.push(...read.mistakes);
    addDocuments(repository, file.path, read);
  }
  return repository;
}

function addDocuments(repository: ReadRepository, path: string, { place, documents }: ReadFile) {
  if (place.kind === "tekton") {
    documents.forEach((document) => addTekton(repository, path, document));
    return;
  }
  const [first, second] = documents;
  if (first === undefined) return;
  if (second !== undefined) {
    repository.mistakes.push(
      mistakeAt(second, "yaml-documents", [], "key", {
        message: "The file holds more than one document.",
        help: "Move each further document to a file of its own.",
      }),
    );
  }
  const { mistakes } = repository;
  if (place.kind === "stream") add(repository.streams, mistakes, path, first, schemas.stream);
  if (place.kind === "channel") add(repository.channels, mistakes, path, first, schemas.channel);
  if (place.kind === "settings") add(repository.settings, mistakes, path, first, schemas.settings);
  if (place.kind === "channelRelease") {
    add(repository.channelReleases, mistakes, path, first, schemas.channelRelease);
  }
}

function add<T>(
  objects: ObjectsOfKind<T>,
  mistakes: Mistake[],
  path: string,
  document: SourceDocument,
  validate: ValidateFunction<T>,
): void {
  const read = readObject(path, document, validate);
  mistakes.push(...read.mistakes);
  if (read.valid !== undefined) objects.valid.push(read.valid);
  if (read.checkable !== undefined) objects.checkable.push(read.checkable);
}

function addTekton(repository: ReadRepository, path: string, source: SourceDocument): void {
  const kind = valueAt(source.value, ["kind"]);
  if (kind === "Pipeline") {
    keep(repository.pipelines, repository.mistakes, path, source, parsePipeline(source));
  }
  if (kind === "Task") keep(repository.tasks, repository.mistakes, path, source, parseTask(source));
}

function keep<T>(
  objects: Map<string, Sourced<T>>,
  mistakes: Mistake[],
  path: string,
  source: SourceDocument,
  parsed: Result<T>,
): void {
  if (parsed.ok) {
    objects.set(path, { path, source, value: parsed.value });
    return;
  }
  const { what, where, next } = parsed.problem;
  const [, line, column] = /:(\d+):(\d+)$/.exec(where ?? "") ?? [];
  const start = { line: Number(line ?? 1), column: Number(column ?? 1) };
  mistakes.push({
    rule: "tekton-invalid",
    file: path,
    ...start,
    endLine: start.line,
    endColumn: start.column,
    message: what,
    help: next ?? "Correct the field.",
  });
}
