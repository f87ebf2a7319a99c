import { failed, ok, type Result } from "../../problem.ts";
import { parseStepAction } from "../../tekton/parse-step-action.ts";
import type { Variables } from "../../tekton/substitute.ts";
import type { StepAction, TaskSpec } from "../../tekton/types.ts";
import type { RunnerContext } from "../context.ts";
import { resolveReference } from "../resolve-reference.ts";
import type { RunnableStep, RunnableTaskSpec } from "../task-pod.ts";
import { stepName } from "./step-name.ts";

/** What a StepAction says of its step; the step's own name, params, when, onError and timeout stay. */
function actionFields({ spec }: StepAction): RunnableStep {
  const { image, command, args, script, env, workingDir } = spec;
  const { securityContext, volumeMounts, results, params = [] } = spec;
  return {
    ...(image !== undefined && { image }),
    ...(command !== undefined && { command }),
    ...(args !== undefined && { args }),
    ...(script !== undefined && { script }),
    ...(env !== undefined && { env }),
    ...(workingDir !== undefined && { workingDir }),
    ...(securityContext !== undefined && { securityContext }),
    ...(volumeMounts !== undefined && { volumeMounts }),
    ...(results !== undefined && { results }),
    declares: params,
  };
}

/** A Task whose steps hold the StepActions that they name. A problem names the step whose StepAction cannot be had. */
export async function resolveSteps(
  context: RunnerContext,
  spec: TaskSpec,
  variables: Variables,
): Promise<Result<RunnableTaskSpec>> {
  const steps: RunnableStep[] = [];
  for (const [index, { ref, ...step }] of spec.steps.entries()) {
    if (ref === undefined) {
      steps.push(step);
      continue;
    }
    const wanted = { kind: "StepAction", ...ref };
    const { stepActions } = context;
    const found = await resolveReference(context, wanted, variables, stepActions, parseStepAction);
    if (!found.ok) {
      return failed({ ...found.problem, where: `step "${stepName(step, index)}"` });
    }
    steps.push({ ...step, ...actionFields(found.value.value) });
  }
  return ok({ ...spec, steps });
}
