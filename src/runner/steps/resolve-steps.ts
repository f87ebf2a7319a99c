import { failed, ok, type Problem, type Result } from "../../problem.ts";
import { suggestName } from "../../suggest-name.ts";
import { readStepAction } from "../read-definition.ts";
import type { Variables } from "../../tekton/substitute.ts";
import type { Step, StepAction, TaskSpec } from "../../tekton/types.ts";
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

/** Why a step does not give its StepAction the params that it declares. */
function paramsProblem({ params = [] }: Step, { spec }: StepAction): Problem | undefined {
  const specs = spec.params ?? [];
  const names = specs.map(({ name }) => name);
  const extra = params.find(({ name }) => !names.includes(name));
  if (extra !== undefined) {
    const next = suggestName(extra.name, names, "param");
    return { kind: "invalid", what: `the StepAction has no param "${extra.name}".`, next };
  }
  const given = new Set(params.map(({ name }) => name));
  const missing = specs.find((one) => one.default === undefined && !given.has(one.name));
  if (missing === undefined) return undefined;
  return { kind: "invalid", what: `param "${missing.name}" has no value and no default` };
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
    const found = await resolveReference(context, wanted, variables, stepActions, readStepAction);
    const where = `step "${stepName(step, index)}"`;
    if (!found.ok) return failed({ ...found.problem, where });
    const action = found.value.value;
    const problem = paramsProblem(step, action);
    if (problem !== undefined) return failed({ ...problem, where });
    steps.push({ ...step, ...actionFields(action) });
  }
  return ok({ ...spec, steps });
}
