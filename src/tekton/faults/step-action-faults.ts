import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ParamSpec, ResultSpec, StepAction } from "../types.ts";
import { duplicateFaults } from "./duplicate-faults.ts";
import { missingPropertiesFaults, paramSpecFaults } from "./param-spec-faults.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import { resultSpecFaults } from "./result-spec-faults.ts";
import { contentFaults } from "./step-faults.ts";
import { ownResultFaults, stepVariableFaults } from "./step-variable-faults.ts";
import { variablesOfStep } from "./task-strings.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { variableFault } from "./variable-fault.ts";

const at: NodePath = ["spec"];

/** What Tekton would refuse in a StepAction, and what could not work when it runs. */
export function stepActionFaults({ spec }: StepAction): TektonFault[] {
  // The params of a StepAction are declarations, and those of a step values.
  const { params = [], ...step } = spec;
  const { results } = step;
  const declared = new Map(params.map((param) => [param.name, param]));
  return [
    ...duplicateFaults(params, [...at, "params"], "parameter"),
    ...paramSpecFaults(params, [...at, "params"]),
    ...missingPropertiesFaults(params, [...at, "params"]),
    ...resultSpecFaults(results, [...at, "results"]),
    ...contentFaults(step, {}, at),
    ...volumeMountFaults(spec),
    ...variablesOfStep(step, at).flatMap((use) =>
      isParamOfScript(use) ? [scriptFault(use)] : variableFaults(use, declared, results),
    ),
  ];
}

function variableFaults(
  use: PlacedVariable,
  params: ReadonlyMap<string, ParamSpec>,
  results: readonly ResultSpec[] = [],
): TektonFault[] {
  // A task around it gives results, workspaces and other steps.
  const [root = ""] = use.variable.parts;
  if (root !== "params" && root !== "results") return ownResultFaults(use, results);
  return stepVariableFaults(use, {
    params,
    workspaces: "any",
    results,
    steps: [],
    owner: "StepAction",
    isAlone: false,
  });
}

function isParamOfScript({ variable, path }: PlacedVariable): boolean {
  return variable.parts[0] === "params" && path.length === 2 && path[1] === "script";
}

function scriptFault(use: PlacedVariable): TektonFault {
  return variableFault("variable-misplaced", use, {
    message: `${quoted(use.variable.written)} can't stand in the script of a StepAction.`,
    help: "Put it into an `env` variable, and let the script read that.",
  });
}

function volumeMountFaults({ volumeMounts = [] }: StepAction["spec"]): TektonFault[] {
  return volumeMounts.flatMap(({ name }, index): TektonFault[] => {
    if (/^\$\(params[^()]+\)$/.test(name)) return [];
    return [
      {
        rule: "step-contradiction",
        path: [...at, "volumeMounts", index, "name"],
        part: "value",
        message: `A StepAction has no volume ${quoted(name)}: its task has the volumes.`,
        help: "Declare a parameter for the name, and write `$(params.NAME)` here.",
      },
    ];
  });
}
