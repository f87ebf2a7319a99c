import type { NodePath } from "../../yaml/types.ts";
import { variablesIn } from "../variables.ts";
import type { ContainerFields, Sidecar, Step, TaskSpec } from "../types.ts";
import { variablesOfParams } from "./pipeline-strings.ts";
import type { PlacedVariable } from "./pipeline-strings.ts";
import { stringsAt } from "./strings-at.ts";
import type { Room } from "./value-use.ts";

/** The variables that Tekton fills in outside of the steps of a task. */
export function variablesAroundSteps(spec: TaskSpec, at: NodePath): readonly PlacedVariable[] {
  return [
    ...variablesOfContainer(spec.stepTemplate ?? {}, [...at, "stepTemplate"]),
    ...(spec.sidecars ?? []).flatMap((sidecar, index) =>
      variablesOfContainer(sidecar, [...at, "sidecars", index]),
    ),
    ...placed(spec.volumes, [...at, "volumes"], "text"),
    ...(spec.workspaces ?? []).flatMap(({ mountPath }, index) =>
      placed(mountPath, [...at, "workspaces", index, "mountPath"], "text"),
    ),
  ];
}

/** The variables that Tekton fills in in a step. */
export function variablesOfStep(step: Step, at: NodePath): readonly PlacedVariable[] {
  return [
    ...variablesOfContainer(step, at),
    ...placed(step.name, [...at, "name"], "text"),
    ...placed(step.onError, [...at, "onError"], "text"),
    ...placed(step.stdoutConfig, [...at, "stdoutConfig"], "text"),
    ...placed(step.stderrConfig, [...at, "stderrConfig"], "text"),
    ...variablesOfParams(step.params, [...at, "params"]),
    ...variablesOfParams(step.ref?.params, [...at, "ref", "params"]),
    ...(step.when ?? []).flatMap(({ input, cel, values }, index) => [
      ...placed(input, [...at, "when", index, "input"], "text"),
      ...placed(cel, [...at, "when", index, "cel"], "text"),
      ...placed(values, [...at, "when", index, "values"], "item"),
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
    ...[...texts, ...lists].flatMap((field) => placed(container[field], [...at, field], "text")),
    ...placed(container.command, [...at, "command"], "item"),
    ...placed(container.args, [...at, "args"], "item"),
  ];
}

/** Each variable of a string once, however often it stands there. */
function placed(value: unknown, at: NodePath, room: Room): readonly PlacedVariable[] {
  return stringsAt(value, at).flatMap(({ text, path }) => {
    const variables = new Map(variablesIn(text).map((variable) => [variable.written, variable]));
    return [...variables.values()].map((variable) => ({ variable, text, path, room }));
  });
}
