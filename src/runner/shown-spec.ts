import type { TaskSpec } from "../tekton/types.ts";
import type { RunnableTaskSpec } from "./task-pod.ts";

/** A Task as its TaskRun's status shows it: with its StepActions, without what only the runner notes of them. */
export function shownSpec(spec: RunnableTaskSpec): TaskSpec {
  return {
    ...spec,
    steps: spec.steps.map(({ declares, params, ...step }) => ({
      ...step,
      ...(declares === undefined && params !== undefined && { params }),
    })),
  };
}
