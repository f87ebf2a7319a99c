import { join } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";
import { resolveParams } from "../../tekton/resolve-params.ts";
import { substituteValue, type Variables } from "../../tekton/substitute.ts";
import type { Param, ParamSpec, ParamValue } from "../../tekton/types.ts";
import type { Isolation } from "../isolation/types.ts";
import type { RunnableStep, TaskPod } from "../task-pod.ts";
import { stepContainer } from "./step-name.ts";

function paramVariables(values: ReadonlyMap<string, ParamValue>): Map<string, ParamValue> {
  return new Map([...values].map(([name, value]) => [`params.${name}`, value]));
}

/** The params of a StepAction; its defaults may name its other params. */
function actionParams(
  specs: readonly ParamSpec[],
  given: readonly Param[],
  variables: Variables,
): Result<Variables> {
  const values = given.map(({ name, value }) => ({
    name,
    value: substituteValue(value, variables),
  }));
  const resolved = resolveParams(specs, values);
  if ("fault" in resolved) {
    return failed({ kind: "invalid", what: resolved.fault.message });
  }
  const own = paramVariables(resolved.values);
  const byDefault = specs.filter(({ name }) => !given.some((param) => param.name === name));
  for (const { name } of byDefault) {
    const value = resolved.values.get(name);
    if (value !== undefined) own.set(`params.${name}`, substituteValue(value, own));
  }
  return ok(own);
}

/**
 * Everything that `$(…)` can name in the step at this position: what the Task knows, what earlier steps left, the
 * step's own results and, where it is a StepAction, that one's params in the place of the Task's.
 */
export function stepVariables(
  pod: TaskPod,
  index: number,
  step: RunnableStep,
  earlier: Variables,
  isolation: Isolation,
): Result<Variables> {
  const tekton = isolation.locate(pod.directories.tekton, "/tekton");
  const own = join(tekton, "steps", stepContainer(step, index));
  const variables = new Map<string, ParamValue>([...pod.variables, ...earlier]);
  variables.set("step.artifacts.path", join(own, "artifacts", "provenance.json"));
  for (const { name } of step.results ?? []) {
    variables.set(`step.results.${name}.path`, join(own, "results", name));
  }
  for (const { name, mountPath } of step.workspaces ?? []) {
    const source = pod.workspaces.find((workspace) => workspace.name === name)?.mount?.source;
    if (mountPath === undefined || source === undefined) continue;
    variables.set(`workspaces.${name}.path`, isolation.locate(source, mountPath));
  }
  if (step.declares === undefined) return ok(variables);
  const params = actionParams(step.declares, step.params ?? [], variables);
  if (!params.ok) return params;
  const others = [...variables].filter(([name]) => !name.startsWith("params."));
  return ok(new Map([...others, ...params.value]));
}
