import { describeProblem } from "../problem.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { TaskSpec } from "../tekton/types.ts";
import type { RunnerContext } from "./context.ts";
import { describeUnsupported } from "./find-unsupported.ts";
import { resolveSteps } from "./steps/resolve-steps.ts";
import { unsupportedInTask } from "./steps/unsupported-in-task.ts";
import type { RunnableTaskSpec } from "./task-pod.ts";

/**
 * A Task's spec with the StepActions that it names, checked before anything starts; or a sentence that says what is
 * missing or not supported. `at` is what the sentence calls the spec.
 */
export async function runnableTask(
  context: RunnerContext,
  spec: TaskSpec,
  at: string,
  variables: Variables,
): Promise<{ readonly spec: RunnableTaskSpec } | { readonly fault: string }> {
  const resolved = await resolveSteps(context, spec, variables);
  if (!resolved.ok) return { fault: `${at}: ${describeProblem(resolved.problem)}` };
  const fields = unsupportedInTask(resolved.value, at, context.isolation.kind);
  return fields.length > 0 ? { fault: describeUnsupported(fields) } : { spec: resolved.value };
}
