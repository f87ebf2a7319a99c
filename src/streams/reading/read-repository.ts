import type { Pipeline, Task } from "../../tekton/types.ts";
import type { Mistake } from "../checks/mistake.ts";
import { readObjects } from "./read-objects.ts";
import type { AnyReadObject, ReadAs } from "./read-objects.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import type { RepositoryFile, Sourced } from "../repository.ts";
import type { Silence } from "../silencing/silence.ts";
import { silencesOf } from "../silencing/silences-of.ts";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "../types.ts";

/** Objects of one kind in the order of their files; `valid` is a part of `checkable`. */
export interface ObjectsOfKind<T> {
  readonly valid: Sourced<T>[];
  readonly checkable: Sourced<T>[];
}

/** Everything that the files of a repository hold, before any rule looks at more than one of them. */
export interface ReadRepository {
  readonly files: ReadonlyMap<string, RepositoryFile>;
  readonly streams: ObjectsOfKind<Stream>;
  readonly channels: ObjectsOfKind<Channel>;
  readonly channelReleases: ObjectsOfKind<ChannelRelease>;
  readonly settings: ObjectsOfKind<StreamsSettings>;
  readonly pipelines: Map<string, Sourced<Pipeline>>;
  readonly tasks: Map<string, Sourced<Task>>;
  /** Names of all stream files, also of those that can't be read: they exist, whatever is wrong with them. */
  readonly streamNames: Set<string>;
  readonly channelNames: Set<string>;
  readonly tektonPaths: Set<string>;
  readonly tektonDocuments: SourceDocument[];
  readonly mistakes: Mistake[];
  readonly silences: Silence[];
}

/** The data of texts that were parsed before, by path: texts of one document that are YAML without a fault. */
export type ParsedValues = ReadonlyMap<string, unknown>;

/** Reads every file by its place. */
export function readRepository(
  files: Iterable<RepositoryFile>,
  values: ParsedValues = new Map(),
): ReadRepository {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map<string, RepositoryFile>();
  const repository: ReadRepository = {
    files: byPath,
    streams: { valid: [], checkable: [] },
    channels: { valid: [], checkable: [] },
    channelReleases: { valid: [], checkable: [] },
    settings: { valid: [], checkable: [] },
    pipelines: new Map(),
    tasks: new Map(),
    streamNames: new Set(),
    channelNames: new Set(),
    tektonPaths: new Set(),
    tektonDocuments: [],
    mistakes: [],
    silences: [],
  };
  for (const file of sorted) {
    byPath.set(file.path, file);
    const read = readObjects(file, values.get(file.path));
    const { place, objects, tektonDocuments = [], mistakes } = read;
    if (place.kind === "stream") repository.streamNames.add(place.name);
    if (place.kind === "channel") repository.channelNames.add(place.name);
    if (file.path.startsWith("tekton/")) repository.tektonPaths.add(file.path);
    repository.tektonDocuments.push(...tektonDocuments);
    repository.mistakes.push(...mistakes);
    if (place.kind !== "text") repository.silences.push(...silencesOf(file));
    objects.forEach((object) => add(repository, file.path, object));
  }
  return repository;
}

function add(repository: ReadRepository, path: string, object: AnyReadObject): void {
  if (object.kind === "stream") addTo(repository.streams, object);
  else if (object.kind === "channel") addTo(repository.channels, object);
  else if (object.kind === "channelRelease") addTo(repository.channelReleases, object);
  else if (object.kind === "settings") addTo(repository.settings, object);
  else if (object.kind === "pipeline") keep(repository.pipelines, path, object);
  else keep(repository.tasks, path, object);
}

function addTo<T>(objects: ObjectsOfKind<T>, { valid, checkable }: ReadAs<string, T>): void {
  if (valid !== undefined) objects.valid.push(valid);
  if (checkable !== undefined) objects.checkable.push(checkable);
}

function keep<T>(
  objects: Map<string, Sourced<T>>,
  path: string,
  { valid }: ReadAs<string, T>,
): void {
  if (valid !== undefined) objects.set(path, valid);
}
