import type { NodePath } from "../../yaml/types.ts";
import type { ContainerFields, Sidecar, Step, TaskSpec } from "../types.ts";
import { variablesOfParams } from "./pipeline-strings.ts";
import { placedVariables } from "./placed-variables.ts";
import type { PlacedVariable } from "./placed-variables.ts";

/** The variables that Tekton fills in outside of the steps of a task. */
export function variablesAroundSteps(spec: TaskSpec, at: NodePath): readonly PlacedVariable[] {
  return [
    ...variablesOfContainer(spec.stepTemplate ?? {}, [...at, "stepTemplate"]),
    ...(spec.sidecars ?? []).flatMap((sidecar, index) =>
      variablesOfContainer(sidecar, [...at, "sidecars", index]),
    ),
    ...placedVariables(spec.volumes, [...at, "volumes"], "text"),
    ...(spec.workspaces ?? []).flatMap(({ mountPath }, index) =>
      placedVariables(mountPath, [...at, "workspaces", index, "mountPath"], "text"),
    ),
  ];
}

/** The variables that Tekton fills in in a step. */
export function variablesOfStep(step: Step, at: NodePath): readonly PlacedVariable[] {
  return [
    ...variablesOfContainer(step, at),
    ...placedVariables(step.name, [...at, "name"], "text"),
    ...placedVariables(step.onError, [...at, "onError"], "text"),
    ...placedVariables(step.stdoutConfig, [...at, "stdoutConfig"], "text"),
    ...placedVariables(step.stderrConfig, [...at, "stderrConfig"], "text"),
    ...variablesOfParams(step.params, [...at, "params"]),
    ...variablesOfParams(step.ref?.params, [...at, "ref", "params"]),
    ...(step.when ?? []).flatMap(({ input, cel, values }, index) => [
      ...placedVariables(input, [...at, "when", index, "input"], "text"),
      ...placedVariables(cel, [...at, "when", index, "cel"], "text"),
      ...placedVariables(values, [...at, "when", index, "values"], "item"),
    ]),
  ];
}

function variablesOfContainer(
  container: ContainerFields & Pick<Sidecar, "script">,
  at: NodePath,
): readonly PlacedVariable[] {
  const texts = ["image", "imagePullPolicy", "workingDir", "script"] as const;
  const lists = ["env", "envFrom", "volumeMounts"] as const;
  return [
    ...[...texts, ...lists].flatMap((field) =>
      placedVariables(container[field], [...at, field], "text"),
    ),
    ...placedVariables(container.command, [...at, "command"], "item"),
    ...placedVariables(container.args, [...at, "args"], "item"),
  ];
}
