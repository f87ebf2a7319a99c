import type {
  ParamSpec,
  Pipeline,
  PipelineRun,
  StepAction,
  Task,
  TaskRun,
} from "../../tekton/types.ts";

export type Run = PipelineRun | TaskRun;
export type Definitions = readonly (Pipeline | Task | StepAction)[];

/** What a run's pipeline or task declares, as far as a call can give it. */
export interface SpecOfRun {
  readonly spec: {
    readonly params?: readonly ParamSpec[];
    readonly workspaces?: readonly { readonly name: string }[];
  };
  /** Written in the run, so that what stands inside sees what the run gives without a declaration. */
  readonly embedded: boolean;
}

/** The spec of a run's pipeline or task; undefined where that is not at hand, such as with a resolver. */
export function specOfRun(run: Run, definitions: Definitions): SpecOfRun | undefined {
  const spec = run.kind === "PipelineRun" ? run.spec.pipelineSpec : run.spec.taskSpec;
  if (spec !== undefined) return { spec, embedded: true };
  const ref = run.kind === "PipelineRun" ? run.spec.pipelineRef : run.spec.taskRef;
  const kind = run.kind === "PipelineRun" ? "Pipeline" : "Task";
  for (const one of definitions) {
    if (one.kind === "StepAction" || one.kind !== kind || one.metadata.name !== ref?.name) continue;
    return { spec: one.spec, embedded: false };
  }
  return undefined;
}
