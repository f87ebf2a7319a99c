import type { RunRequest } from "../runs/run-request.ts";
import type { ListenedTrigger } from "../tekton-files/listened.ts";
import { isRecord, valueAt } from "../json.ts";
import { findTriggerGaps } from "./find-trigger-gaps.ts";
import type { TriggerGap } from "./plan.ts";

/**
 * The triggers of one cluster, or those that stand in the repository: for its own pipelines on all clusters that are not
 * among the sources.
 */
export interface TriggerSource {
  readonly cluster: string | undefined;
  readonly triggers: readonly ListenedTrigger[];
}

/**
 * What is missing at triggers for the runs of a change. `bodyOf` gives the body that a cluster's listener would get for
 * a request.
 */
export function planTriggers(
  runs: readonly RunRequest[],
  sources: readonly TriggerSource[],
  bodyOf: (request: RunRequest) => unknown,
): TriggerGap[] {
  const gaps = new Map<string, { readonly gap: TriggerGap; readonly neededBy: Set<string> }>();
  const byCluster = new Map(sources.map((source) => [source.cluster, source]));
  for (const run of runs) {
    const own = "path" in run.pipelineRef ? byCluster.get(undefined) : undefined;
    const source = byCluster.get(run.cluster) ?? own;
    if (source === undefined) continue;
    const { cluster } = run;
    const body = bodyOf(run);
    const pipeline = nameIn(body);
    for (const { problem, subject } of findTriggerGaps(source.triggers, body)) {
      const key = JSON.stringify([cluster, pipeline, problem, subject]);
      const known = gaps.get(key);
      if (known === undefined) {
        const seenIn = source.cluster === undefined ? "repository" : "cluster";
        const gap: TriggerGap = { cluster, seenIn, pipeline, problem, subject, neededBy: [] };
        gaps.set(key, { gap, neededBy: new Set([run.subject]) });
      } else known.neededBy.add(run.subject);
    }
  }
  return [...gaps.values()].map(({ gap, neededBy }) => ({ ...gap, neededBy: [...neededBy] }));
}

function nameIn(body: unknown): string {
  const pipeline = valueAt(body, ["pipeline"]);
  const name = isRecord(pipeline) ? pipeline["name"] : undefined;
  return typeof name === "string" ? name : "";
}
