import type { EmbeddedMeta } from "../../tekton/types.ts";
import { condition, timestamp } from "../conditions.ts";
import type { RunnerContext } from "../context.ts";
import { describedMeta } from "../stored-meta.ts";
import type { Outcome, PipelineRunObject, PipelineRunStatus } from "../types.ts";

/** The status of a PipelineRun as it is kept in the store. */
export interface PipelineRecord {
  save(change: Partial<PipelineRunStatus>): PipelineRunObject;
  /** Says where a run stands that goes on. */
  running(reason: string, message: string, change?: Partial<PipelineRunStatus>): PipelineRunObject;
  finish(outcome: Outcome): PipelineRunObject;
  /** Adds to the labels and annotations; those that are there stay. */
  describe(meta: EmbeddedMeta): PipelineRunObject;
}

/** Starts the record of a run that is in the store; a run that was removed meanwhile stays removed. */
export function startRecord({ store }: RunnerContext, run: PipelineRunObject): PipelineRecord {
  let status: PipelineRunStatus = {
    conditions: [condition({ status: "Unknown", reason: "Started", message: "" })],
    startTime: timestamp(),
  };
  const current = (): PipelineRunObject => store.pipelineRuns.get(run.metadata.name) ?? run;
  const save = (change: Partial<PipelineRunStatus>): PipelineRunObject => {
    status = { ...status, ...change };
    return store.pipelineRuns.update({ ...current(), status });
  };
  save({});
  return {
    save,
    running: (reason, message, change) =>
      save({
        ...change,
        conditions: [condition({ status: "Unknown", reason, message }, status.conditions[0])],
      }),
    finish: (outcome) => save({ conditions: [condition(outcome)], completionTime: timestamp() }),
    describe: (meta) => {
      const object = current();
      const metadata = describedMeta(object.metadata, meta);
      return store.pipelineRuns.update({ ...object, metadata, status });
    },
  };
}
