import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { PipelineSpec } from "../types.ts";
import { duplicateFaults } from "./duplicate-faults.ts";
import { graphFaults } from "./graph-faults.ts";
import { matrixFaults } from "./matrix-faults.ts";
import { pipelineResultFaults } from "./pipeline-result-faults.ts";
import { paramSpecFaults } from "./param-spec-faults.ts";
import { variablesOfSteps, variablesOfTask } from "./pipeline-strings.ts";
import { pipelineVariableFaults } from "./pipeline-variable-faults.ts";
import { placedTasks } from "./placed-task.ts";
import type { PlacedTask } from "./placed-task.ts";
import { oneOfFaults, referenceFaults, taskRefFaults } from "./reference-faults.ts";
import { repeated } from "./repeated.ts";
import { taskSpecFaults } from "./task-spec-faults.ts";
import type { Inherited } from "./task-spec-faults.ts";
import { taskVariableFaults, tasksByName } from "./task-variable-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { durationFaults } from "./timeout-faults.ts";
import { declaredByValue } from "./value-use.ts";
import type { Declared } from "./value-use.ts";
import { whenFaults } from "./when-faults.ts";

/**
 * What Tekton would refuse in the spec of a Pipeline at `at`, and what could not work when it runs. `run` is what the
 * PipelineRun hands on where the spec is embedded in one.
 */
export function pipelineSpecFaults(
  spec: PipelineSpec,
  at: NodePath,
  run?: Inherited,
): TektonFault[] {
  const tasks = placedTasks(spec, at);
  const names = tasksByName(spec);
  const params = knownParams(spec, run);
  const workspaces = knownWorkspaces(spec, run);
  return [
    ...duplicateFaults(spec.params, [...at, "params"], "parameter"),
    ...paramSpecFaults(spec.params, [...at, "params"]),
    ...duplicateFaults(spec.workspaces, [...at, "workspaces"], "workspace"),
    ...duplicateFaults(spec.results, [...at, "results"], "result"),
    ...repeatedTaskFaults(tasks),
    ...graphFaults(spec, at),
    ...pipelineResultFaults(spec.results, [...at, "results"], names),
    ...tasks.flatMap((placed) => {
      const uses = variablesOfTask(placed);
      return [
        ...taskFaults(placed),
        ...uses.flatMap((use) => pipelineVariableFaults(use, params)),
        ...[...uses, ...variablesOfSteps(placed)].flatMap((use) =>
          taskVariableFaults(use, placed.section, names),
        ),
        ...workspaceFaults(placed, workspaces),
        ...embeddedFaults(placed, { params, workspaces, isInRun: run !== undefined }),
      ];
    }),
  ];
}

function knownParams(
  { params = [] }: PipelineSpec,
  run: Inherited | undefined,
): ReadonlyMap<string, Declared> | "any" {
  const inherited = run?.params ?? [];
  if (inherited === "any") return "any";
  return new Map([...inherited, ...params].map((param) => [param.name, param]));
}

function knownWorkspaces(
  { workspaces = [] }: PipelineSpec,
  run: Inherited | undefined,
): ReadonlySet<string> | "any" {
  const inherited = run?.workspaces ?? [];
  return inherited === "any"
    ? "any"
    : new Set([...inherited, ...workspaces.map(({ name }) => name)]);
}

function repeatedTaskFaults(tasks: readonly PlacedTask[]): TektonFault[] {
  return repeated(tasks.map(({ task }) => task.name)).flatMap((index): TektonFault[] => {
    const placed = tasks[index];
    if (placed === undefined) return [];
    return [
      {
        rule: "tekton-duplicate",
        path: [...placed.at, "name"],
        part: "value",
        message: `There is another task ${quoted(placed.task.name)} before this one.`,
        help: "Rename one of the two; `tasks` and `finally` share their names.",
      },
    ];
  });
}

/** What is wrong with a task of a pipeline by itself, apart from its variables. */
function taskFaults({ task, at }: PlacedTask): TektonFault[] {
  const { pipelineRef } = task;
  return [
    ...oneOfFaults(task, ["taskRef", "taskSpec", "pipelineRef", "pipelineSpec"], at, {
      what: `The task ${quoted(task.name)}`,
      name: { path: [...at, "name"], part: "value" },
    }),
    ...taskRefFaults(task, at),
    ...(pipelineRef === undefined ? [] : referenceFaults(pipelineRef, [...at, "pipelineRef"])),
    ...duplicateFaults(task.params, [...at, "params"], "parameter"),
    ...duplicateFaults(task.workspaces, [...at, "workspaces"], "workspace"),
    ...matrixFaults(task, at),
    ...whenFaults(task.when, [...at, "when"]),
    ...durationFaults(task.timeout, [...at, "timeout"]),
    ...retriesFaults({ task, at }),
  ];
}

function retriesFaults({ task, at }: Pick<PlacedTask, "task" | "at">): TektonFault[] {
  if (task.onError !== "continue" || (task.retries ?? 0) === 0) return [];
  return [
    {
      rule: "pipeline-retries",
      path: [...at, "retries"],
      part: "key",
      message: `The task ${quoted(task.name)} has \`retries\`, and \`onError: continue\`.`,
      help: "Remove one of the two: a task whose failure is ignored is not tried again.",
    },
  ];
}

function workspaceFaults(
  { task, at }: PlacedTask,
  known: ReadonlySet<string> | "any",
): TektonFault[] {
  if (known === "any") return [];
  return (task.workspaces ?? []).flatMap((binding, index): TektonFault[] => {
    const field = (binding.workspace ?? "") === "" ? "name" : "workspace";
    const name = binding[field] ?? "";
    if (known.has(name)) return [];
    const path = [...at, "workspaces", index, field];
    const meant = field === "workspace" ? nearestName(name, known) : undefined;
    return [
      {
        rule: "workspace-undeclared",
        path,
        part: "value",
        message: `The pipeline declares no workspace ${quoted(name)}.`,
        help: suggestName(name, known, "workspace"),
        ...(meant !== undefined && { fix: replaceValue(path, meant) }),
      },
    ];
  });
}

interface Known {
  readonly params: ReadonlyMap<string, Declared> | "any";
  readonly workspaces: ReadonlySet<string> | "any";
  readonly isInRun: boolean;
}

function embeddedFaults(
  { task, at }: PlacedTask,
  { params, workspaces, isInRun }: Known,
): TektonFault[] {
  if (task.taskSpec === undefined) return [];
  // Only a run hands the params of a task on to steps that do not declare them.
  const ofTask = isInRun ? (task.params ?? []).map(declaredByValue) : [];
  return taskSpecFaults(task.taskSpec, [...at, "taskSpec"], {
    params: params === "any" ? "any" : [...params.values(), ...ofTask],
    workspaces:
      workspaces === "any"
        ? "any"
        : [...workspaces, ...(task.workspaces ?? []).map(({ name }) => name)],
  });
}
