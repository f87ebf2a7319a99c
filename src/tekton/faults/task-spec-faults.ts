import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Step, Task, TaskSpec } from "../types.ts";
import { duplicateFaults } from "./duplicate-faults.ts";
import { mountFaults } from "./mount-faults.ts";
import { nestedVariableFaults } from "./nested-variable-faults.ts";
import { missingPropertiesFaults, paramSpecFaults } from "./param-spec-faults.ts";
import { resultSpecFaults } from "./result-spec-faults.ts";
import { contentFaults, stepFaults } from "./step-faults.ts";
import { ownResultFaults, stepVariableFaults } from "./step-variable-faults.ts";
import type { TaskScope } from "./step-variable-faults.ts";
import { variablesAroundSteps, variablesOfStep } from "./task-strings.ts";
import type { TektonFault } from "./tekton-fault.ts";
import type { Declared } from "./value-use.ts";

/** What an embedded taskSpec may use besides what it declares itself, because Tekton passes it on. */
export interface Inherited {
  /** "any" where it can't be known, such as the params of a Pipeline that stands elsewhere. */
  readonly params: readonly Declared[] | "any";
  /** Names of workspaces, or "any". */
  readonly workspaces: readonly string[] | "any";
}

const nothingInherited: Inherited = { params: [], workspaces: [] };

/** What Tekton would refuse in a Task that stands by itself, and what could not work when it runs. */
export function taskFaults({ spec }: Task): TektonFault[] {
  return [
    ...taskSpecFaults(spec, ["spec"]),
    ...missingPropertiesFaults(spec.params, ["spec", "params"]),
  ];
}

/** The same of a Task's spec at `at`; with what it inherits where it is embedded in a Pipeline or a run. */
export function taskSpecFaults(spec: TaskSpec, at: NodePath, inherited?: Inherited): TektonFault[] {
  const { params, results, workspaces, steps, stepTemplate = {}, sidecars, volumes } = spec;
  const scope = scopeOf(spec, inherited);
  return [
    ...duplicateFaults(params, [...at, "params"], "parameter"),
    ...duplicateFaults(workspaces, [...at, "workspaces"], "workspace"),
    ...duplicateFaults(named(steps), [...at, "steps"], "step"),
    ...duplicateFaults(named(sidecars), [...at, "sidecars"], "sidecar"),
    ...duplicateFaults(volumes, [...at, "volumes"], "volume"),
    ...paramSpecFaults(params, [...at, "params"]),
    ...resultSpecFaults(results, [...at, "results"]),
    ...sidecarFaults(spec, at),
    ...mountFaults(spec, at, inherited),
    ...variablesAroundSteps(spec, at).flatMap((use) => stepVariableFaults(use, scope)),
    ...steps.flatMap((step, index) => {
      const path = [...at, "steps", index];
      return [
        ...stepFaults(step, stepTemplate, path),
        ...resultSpecFaults(step.results, [...path, "results"]),
        ...nestedVariableFaults(step, path),
        ...variablesOfStep(step, path).flatMap((use) => [
          ...stepVariableFaults(use, scope),
          ...ownResultFaults(use, step.results),
        ]),
      ];
    }),
  ];
}

function scopeOf(spec: TaskSpec, inherited: Inherited | undefined): TaskScope {
  const { params, workspaces } = inherited ?? nothingInherited;
  const named = [...(params === "any" ? [] : params), ...(spec.params ?? [])];
  return {
    params: params === "any" ? "any" : new Map(named.map((param) => [param.name, param])),
    workspaces:
      workspaces === "any"
        ? "any"
        : new Set([...workspaces, ...(spec.workspaces ?? []).map(({ name }) => name)]),
    results: spec.results ?? [],
    steps: spec.steps,
    owner: "task",
    isAlone: inherited === undefined,
  };
}

/** The sidecar that Tekton itself adds to read results. */
const reservedSidecar = "tekton-log-results";

function sidecarFaults({ sidecars = [] }: TaskSpec, at: NodePath): TektonFault[] {
  return sidecars.flatMap((sidecar, index): TektonFault[] => {
    const path = [...at, "sidecars", index];
    const ofContent = contentFaults(sidecar, {}, path, "sidecar");
    if (sidecar.name !== reservedSidecar) return ofContent;
    const message = `The name ${quoted(sidecar.name)} is reserved for a sidecar of Tekton.`;
    const help = "Rename the sidecar.";
    return [
      { rule: "tekton-name", path: [...path, "name"], part: "value", message, help },
      ...ofContent,
    ];
  });
}

/** Those without a name have names of their own. */
function named(containers: readonly Pick<Step, "name">[] = []): readonly { name: string }[] {
  return containers.map(({ name = "" }, index) => ({ name: name === "" ? `#${index}` : name }));
}
