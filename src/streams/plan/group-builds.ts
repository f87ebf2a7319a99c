import { canonicalJson } from "../json.ts";
import type { PlannedBuild } from "./plan.ts";

/** Builds of the same reason, cluster and pipeline. */
export interface BuildGroup {
  readonly first: PlannedBuild;
  readonly streams: readonly string[];
}

/**
 * Builds in groups: those whose PipelineRuns stay as they are, because a task or a pipeline that they share changed, are
 * told together; every other stands alone.
 */
export function groupBuilds(builds: readonly PlannedBuild[]): BuildGroup[] {
  const groups = new Map<string, { readonly first: PlannedBuild; readonly streams: string[] }>();
  for (const build of builds) {
    const key = isSameRun(build.run) ? sharedKey(build) : build.stream;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: build, streams: [build.stream] });
    else group.streams.push(build.stream);
  }
  return [...groups.values()];
}

function isSameRun({ before, after }: PlannedBuild["run"]): boolean {
  return before !== undefined && canonicalJson(before) === canonicalJson(after);
}

function sharedKey({ why, cluster, pipeline }: PlannedBuild): string {
  return JSON.stringify([why, cluster, pipeline]);
}
