import { setTimeout as sleep } from "node:timers/promises";
import { followRuns } from "./follow-runs.ts";
import type { KubernetesAccess } from "./kubernetes-access.ts";
import { listWatchedRuns } from "./list-watched-runs.ts";
import { eventIdKey } from "./read-run.ts";
import { runIdKey } from "./run-id.ts";
import type { RunNames, RunWatch, WatchListener } from "./types.ts";
import type { WatchedRun } from "./watched-run.ts";

export interface WatchOptions {
  readonly namespace: string;
  readonly runNames: RunNames;
  /** How long one connection lasts; 2 minutes where not given. */
  readonly watchMs?: number;
  /** How long after its time a connection may still be open before it is taken for dead; 10 seconds where not given. */
  readonly graceMs?: number;
  /** First pause after something went wrong, each further one twice as long; 1 second where not given. */
  readonly retryMs?: number;
}

const longestPauseMs = 120_000;

/**
 * Watches the PipelineRuns that listeners made for us and tells which changed, appeared or vanished. Lists them first
 * and follows from there; lists again where the API server has forgotten that point. Whatever goes wrong is tried again
 * with growing pauses, until it is stopped.
 */
export function watchRuns(
  access: KubernetesAccess,
  { namespace, runNames, watchMs = 120_000, graceMs = 10_000, retryMs = 1000 }: WatchOptions,
  listener: WatchListener,
): RunWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopped = (): boolean => signal.aborted;
  const place = { namespace, labelSelector: runNames === "fixed" ? runIdKey : eventIdKey };
  const seen = new Map<string, WatchedRun>();

  const tell = ({ metadata: { name, labels } }: WatchedRun): void => {
    const eventId = labels[eventIdKey];
    listener.hear(eventId === undefined ? { name } : { name, eventId });
  };
  const hear = (type: string, run: WatchedRun): void => {
    if (type === "DELETED") seen.delete(run.metadata.name);
    else seen.set(run.metadata.name, run);
    tell(run);
  };
  const compare = async (): Promise<string> => {
    const { items, resourceVersion } = await listWatchedRuns(access, place);
    const now = new Map(items.map((run) => [run.metadata.name, run]));
    for (const [name, run] of seen) if (!now.has(name)) hear("DELETED", run);
    for (const [name, run] of now)
      if (seen.get(name)?.metadata.resourceVersion !== run.metadata.resourceVersion)
        hear("MODIFIED", run);
    return resourceVersion;
  };

  const work = async (): Promise<void> => {
    let since: string | undefined;
    for (let failures = 0; !isStopped();) {
      const startedAt = Date.now();
      try {
        since ??= await compare();
        listener.live(true);
        since = await followRuns(access, place, { since, watchMs, graceMs, signal, hear });
        // One that ends at once, again and again, would be asked for without a pause.
        failures = Date.now() - startedAt < retryMs ? failures + 1 : 0;
      } catch (error) {
        if (!isStopped()) listener.live(false, error);
        failures += 1;
        since = undefined;
      }
      if (failures === 0) continue;
      const pause = Math.min(longestPauseMs, retryMs * 2 ** Math.min(failures - 1, 20));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    listener.live(false);
  };

  const ended = work();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
