import { describeProblem } from "../problem.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { TaskSpec } from "../tekton/types.ts";
import type { RunnerContext } from "./context.ts";
import { describeUnsupported } from "./find-unsupported.ts";
import { resolveSteps } from "./steps/resolve-steps.ts";
import { unsupportedInTask } from "./steps/unsupported-in-task.ts";
import type { RunnableTaskSpec } from "./task-pod.ts";

export interface TaskFault {
  readonly fault: string;
  readonly reason: "TaskRunResolutionFailed" | "TaskRunValidationFailed";
}

/**
 * A Task's spec with the StepActions that it names, checked before anything starts; or a sentence that says what is
 * missing or not supported, with Tekton's reason. `at` is what the sentence calls the spec.
 */
export async function runnableTask(
  context: RunnerContext,
  spec: TaskSpec,
  at: string,
  variables: Variables,
): Promise<{ readonly spec: RunnableTaskSpec } | TaskFault> {
  const resolved = await resolveSteps(context, spec, variables);
  if (!resolved.ok) {
    const fault = `${at}: ${describeProblem(resolved.problem)}`;
    return { fault, reason: "TaskRunResolutionFailed" };
  }
  const fields = unsupportedInTask(resolved.value, at, context.isolation.kind, variables);
  if (fields.length === 0) return { spec: resolved.value };
  return { fault: describeUnsupported(fields), reason: "TaskRunValidationFailed" };
}
