import * as z from "zod";
import type { KubernetesAccess } from "./kubernetes-access.ts";
import { tektonApi } from "./read-run.ts";
import { watchedRunSchema, type WatchedPlace, type WatchedRun } from "./watched-run.ts";

const bookmarkSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const expiredSchema = z.object({ statusCode: z.literal(410) });

export interface FollowOptions {
  readonly since: string;
  /** The API server ends it after this long, so that a connection that died unseen is not waited on for ever. */
  readonly watchMs: number;
  /** How long after that it may still be open before it is taken for dead. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly hear: (type: "ADDED" | "MODIFIED" | "DELETED", run: WatchedRun) => void;
}

/**
 * Tells each change of PipelineRuns after a resource version, until the API server ends it or the signal comes. Resolves
 * with the version to go on from, undefined where the API server has forgotten that point (410); rejects where anything
 * else went wrong. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function followRuns(
  { watch }: KubernetesAccess,
  { namespace, labelSelector }: WatchedPlace,
  { since, watchMs, graceMs, signal, hear }: FollowOptions,
): Promise<string | undefined> {
  const path = `/apis/${tektonApi.group}/${tektonApi.version}/namespaces/${namespace}/pipelineruns`;
  const query = {
    labelSelector,
    resourceVersion: since,
    allowWatchBookmarks: true,
    timeoutSeconds: Math.ceil(watchMs / 1000),
  };
  const guard = AbortSignal.any([signal, AbortSignal.timeout(watchMs + graceMs)]);
  let version: string | undefined = since;
  const take = (type: string, object: unknown): void => {
    if (type === "ERROR") version = undefined;
    else if (type === "BOOKMARK")
      version = bookmarkSchema.safeParse(object).data?.metadata.resourceVersion ?? version;
    else if (type === "ADDED" || type === "MODIFIED" || type === "DELETED") {
      const run = watchedRunSchema.safeParse(object).data;
      if (run === undefined) return;
      version = run.metadata.resourceVersion;
      hear(type, run);
    }
  };
  try {
    await untilClosed(guard, (done) => watch.watch(path, query, take, done));
  } catch (error) {
    if (expiredSchema.safeParse(error).success) return undefined;
    throw error;
  }
  return version;
}

type Connection = Promise<{ abort(): void }>;

/** Holds a connection until it says that it is done, or the signal ends it. */
function untilClosed(
  signal: AbortSignal,
  open: (done: (error: unknown) => void) => Connection,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown): void => {
      signal.removeEventListener("abort", stop);
      void connection.then(
        (opened) => opened.abort(),
        () => undefined,
      );
      if (error === undefined || error === null || signal.aborted) resolve();
      else reject(error instanceof Error ? error : new Error("the watch broke"));
    };
    const stop = (): void => settle(undefined);
    signal.addEventListener("abort", stop);
    const connection = open(settle);
    connection.catch(settle);
  });
}
