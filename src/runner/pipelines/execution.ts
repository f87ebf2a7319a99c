import type { PipelineTask } from "../../tekton/types.ts";
import type { RunnerContext } from "../context.ts";
import type { Outcome, PipelineRunObject } from "../types.ts";
import type { Progress } from "./pipeline-progress.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";
import type { RunControl } from "./run-control.ts";

/** A PipelineRun that goes on, as its parts share it. */
export interface Execution {
  readonly context: RunnerContext;
  readonly run: PipelineRunObject;
  readonly pipeline: ResolvedPipeline;
  readonly progress: Progress;
  readonly control: RunControl;
  /** Runs a pipeline that is a task of this one. */
  readonly runChild: (run: PipelineRunObject, control: RunControl) => Promise<PipelineRunObject>;
  /** Writes what has come about into the run's status, soon: many tasks change at a time, and it tells of all. */
  readonly report: () => void;
  readonly reportNow: () => void;
}

/** The tasks of a pipeline, or its finally tasks. */
export interface Group {
  readonly memberOf: "tasks" | "finally";
  readonly tasks: readonly PipelineTask[];
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly signal: AbortSignal;
}

/** A run that cannot go on, found while it runs. */
export interface Broken {
  readonly broken: Outcome;
}
