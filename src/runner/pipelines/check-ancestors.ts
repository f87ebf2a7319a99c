import type { PipelineSpec } from "../../tekton/types.ts";
import { failure } from "../conditions.ts";
import type { ObjectStore } from "../object-store.ts";
import type { Outcome, PipelineRunObject } from "../types.ts";

/** The names of the pipelines that a run is a task of, its own first. */
function chainOf(store: ObjectStore, run: PipelineRunObject): readonly string[] {
  const { labels = {}, ownerReferences = [] } = run.metadata;
  const owner = ownerReferences.find(({ kind }) => kind === "PipelineRun")?.name ?? "";
  const parent = store.pipelineRuns.get(owner);
  const rest = parent === undefined ? [] : chainOf(store, parent);
  return [labels["tekton.dev/pipeline"] ?? "", ...rest];
}

/** The outcome of a run with a task that is a pipeline which that run is already a part of. */
export function checkAncestors(
  store: ObjectStore,
  run: PipelineRunObject,
  { tasks, finally: lastly = [] }: PipelineSpec,
): Outcome | undefined {
  const chain = chainOf(store, store.pipelineRuns.get(run.metadata.name) ?? run);
  for (const { pipelineRef } of [...tasks, ...lastly]) {
    if (pipelineRef?.name === undefined || !chain.includes(pipelineRef.name)) continue;
    const message = `detected cycle in pipeline-in-pipeline: pipeline "${pipelineRef.name}" is already running in ancestor chain [${chain.join(" ")}]`;
    return failure("CreateRunFailed", message);
  }
  return undefined;
}
