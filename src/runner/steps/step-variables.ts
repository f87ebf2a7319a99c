import { join } from "node:path";
import { substituteValue, type Variables } from "../../tekton/substitute.ts";
import type { Param, ParamSpec, ParamValue } from "../../tekton/types.ts";
import type { Isolation } from "../isolation/types.ts";
import type { RunnableStep, TaskPod } from "../task-pod.ts";
import { isolatedWorkspaces } from "./container-mounts.ts";
import { stepContainer } from "./step-name.ts";

type Named = readonly [string, ParamValue];

function isMap(value: ParamValue | undefined): value is Readonly<Record<string, string>> {
  return typeof value === "object" && !Array.isArray(value);
}

/** What a param gives to know; Tekton compares no types here, so that a text leaves the default's keys beside it. */
function valuesOf({ name, default: otherwise }: ParamSpec, given?: ParamValue): readonly Named[] {
  const value = given ?? otherwise;
  if (value === undefined) return [];
  if (!isMap(otherwise)) return [[`params.${name}`, value]];
  if (isMap(value)) return [[`params.${name}`, { ...otherwise, ...value }]];
  const keys = Object.entries(otherwise);
  return [
    ...keys.map(([key, text]): Named => [`params.${name}.${key}`, text]),
    [`params.${name}`, value],
  ];
}

/** The params of a StepAction, all of which are there; its defaults may name its other params. */
function actionParams(
  specs: readonly ParamSpec[],
  params: readonly Param[],
  variables: Variables,
): Variables {
  const given = new Map(params.map(({ name, value }) => [name, substituteValue(value, variables)]));
  const own = new Map(specs.flatMap((spec) => valuesOf(spec, given.get(spec.name))));
  for (const { name } of specs.filter((spec) => !given.has(spec.name))) {
    const value = own.get(`params.${name}`);
    if (value !== undefined) own.set(`params.${name}`, substituteValue(value, own));
  }
  return own;
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
): Variables {
  const tekton = isolation.locate(pod.directories.tekton, "/tekton");
  const own = join(tekton, "steps", stepContainer(step, index));
  const variables = new Map<string, ParamValue>([...pod.variables, ...earlier]);
  variables.set("step.artifacts.path", join(own, "artifacts", "provenance.json"));
  for (const { name } of step.results ?? []) {
    variables.set(`step.results.${name}.path`, join(own, "results", name));
  }
  // What this step may not see has the path that it would have, and nothing is there.
  const used = new Set((step.workspaces ?? []).map(({ name }) => name));
  const hidden = [...isolatedWorkspaces(pod)].filter((name) => !used.has(name));
  for (const name of hidden) {
    const target = pod.workspaces.find((workspace) => workspace.name === name)?.mount?.target;
    if (target === undefined) continue;
    const nowhere = join(pod.directories.workspace, name);
    variables.set(`workspaces.${name}.path`, isolation.locate(nowhere, target));
  }
  for (const { name, mountPath } of step.workspaces ?? []) {
    const source = pod.workspaces.find((workspace) => workspace.name === name)?.mount?.source;
    if (mountPath === undefined || source === undefined) continue;
    variables.set(`workspaces.${name}.path`, isolation.locate(source, mountPath));
  }
  if (step.declares === undefined) return variables;
  const params = actionParams(step.declares, step.params ?? [], variables);
  const others = [...variables].filter(([name]) => !name.startsWith("params."));
  return new Map([...others, ...params]);
}
