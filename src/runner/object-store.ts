import type { PipelineRunObject, StoredMeta, TaskRunObject } from "./types.ts";

export type StoredObject = PipelineRunObject | TaskRunObject;

export interface ObjectChange {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: StoredObject;
}

export interface Collection<T extends StoredObject> {
  get(name: string): T | undefined;
  /** Oldest first. */
  list(): readonly T[];
  /** Stores a new object under a new resourceVersion and tells everyone who listens. */
  create(object: T): T;
  /** The same for one that is there; one that was removed meanwhile stays removed. */
  update(object: T): T;
  remove(name: string): T | undefined;
}

export interface ObjectStore {
  readonly pipelineRuns: Collection<PipelineRunObject>;
  readonly taskRuns: Collection<TaskRunObject>;
  /** Number of the newest change. */
  version(): string;
  /** The changes after a version, oldest first; undefined where it is too long ago for that. */
  changesSince(version: number): readonly ObjectChange[] | undefined;
  /** Gives the function that ends the subscription. */
  subscribe(listener: (change: ObjectChange) => void): () => void;
}

/** As the API server does, only so much of the past is kept for watches to go on from. */
const keptChanges = 1000;

/** The objects of one namespace in memory, with the versions and the change events that Kubernetes clients rely on. */
export function createObjectStore(): ObjectStore {
  const listeners = new Set<(change: ObjectChange) => void>();
  let version = 0;

  const history: ObjectChange[] = [];
  const tell = (type: ObjectChange["type"], object: StoredObject): void => {
    const change = { type, object };
    history.push(change);
    if (history.length > keptChanges) history.shift();
    for (const listener of listeners) listener(change);
  };

  const collection = <T extends StoredObject>(): Collection<T> => {
    const objects = new Map<string, T>();
    const store = (type: ObjectChange["type"], object: T): T => {
      version += 1;
      const metadata: StoredMeta = { ...object.metadata, resourceVersion: String(version) };
      const stored: T = { ...object, metadata };
      objects.set(metadata.name, stored);
      tell(type, stored);
      return stored;
    };
    return {
      get: (name) => objects.get(name),
      list: () => [...objects.values()],
      create: (object) => store("ADDED", object),
      update: (object) => {
        const known = objects.get(object.metadata.name)?.metadata.uid === object.metadata.uid;
        return known ? store("MODIFIED", object) : object;
      },
      remove: (name) => {
        const object = objects.get(name);
        if (object === undefined) return undefined;
        version += 1;
        objects.delete(name);
        const metadata: StoredMeta = { ...object.metadata, resourceVersion: String(version) };
        tell("DELETED", { ...object, metadata });
        return object;
      },
    };
  };

  return {
    pipelineRuns: collection<PipelineRunObject>(),
    taskRuns: collection<TaskRunObject>(),
    version: () => String(version),
    changesSince: (since) => {
      if (since < version - history.length) return undefined;
      return history.filter(({ object }) => Number(object.metadata.resourceVersion) > since);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
