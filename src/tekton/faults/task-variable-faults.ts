import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { PipelineSpec, PipelineTask } from "../types.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { declaredType, misuseOf } from "./value-use.ts";
import { variableFault } from "./variable-fault.ts";

/** The tasks of a pipeline by name, as variables may speak of them. */
export interface TasksByName {
  readonly tasks: ReadonlyMap<string, PipelineTask>;
  readonly finally: ReadonlyMap<string, PipelineTask>;
}

/** The tasks of a pipeline by name; of two with one name the first. */
export function tasksByName(spec: PipelineSpec): TasksByName {
  const byName = (tasks: readonly PipelineTask[] = []) =>
    new Map(tasks.toReversed().map((task) => [task.name, task]));
  return { tasks: byName(spec.tasks), finally: byName(spec.finally) };
}

const fieldsOfTasks = ["results", "status", "reason", "matrix", "outputs", "inputs"];

/** What is wrong with a `$(tasks.…)` in a task of this section. */
export function taskVariableFaults(
  use: PlacedVariable,
  section: "tasks" | "finally",
  names: TasksByName,
): TektonFault[] {
  const [root, name = "", field] = use.variable.parts;
  if (root !== "tasks") return [];
  const ofAll = name === "status" && field === undefined;
  if (ofAll || field === "status" || field === "reason") {
    if (section === "tasks") return [statusTooEarly(use)];
    return ofAll || names.tasks.has(name) ? [] : [unknownTask(use, name, names)];
  }
  if (field === undefined || !fieldsOfTasks.includes(field)) return [unknownForm(use, field)];
  const task = names.tasks.get(name);
  if (task !== undefined) return field === "results" ? resultFaults(use, task) : [];
  if (!names.finally.has(name)) return [unknownTask(use, name, names)];
  return [
    variableFault("pipeline-finally", use, {
      message: `${quoted(use.variable.written)} is a result of a task of \`finally\`, which no other task can wait for.`,
      help: `Move ${quoted(name)} to \`tasks\`, or do both in one task.`,
    }),
  ];
}

function statusTooEarly(use: PlacedVariable): TektonFault {
  return variableFault("variable-misplaced", use, {
    message: `${quoted(use.variable.written)} is known only when all tasks have ended.`,
    help: "Move this task to `finally`, or let it depend on a result instead.",
  });
}

function unknownForm(use: PlacedVariable, field: string | undefined): TektonFault {
  const { written } = use.variable;
  const nearest = field === undefined ? undefined : nearestName(field, fieldsOfTasks);
  return variableFault("variable-undeclared", use, {
    message: `${quoted(written)} is no variable that Tekton fills in.`,
    help: "Write `$(tasks.NAME.results.RESULT)`, or `$(tasks.NAME.status)` in `finally`.",
    ...(nearest !== undefined && { meant: written.replace(`.${field ?? ""}`, `.${nearest}`) }),
  });
}

function unknownTask(use: PlacedVariable, name: string, { tasks }: TasksByName): TektonFault {
  const nearest = nearestName(name, tasks.keys());
  return variableFault("pipeline-task-unknown", use, {
    message: `${quoted(use.variable.written)} names the task ${quoted(name)}, which the pipeline does not have.`,
    help: suggestName(name, tasks.keys(), "task"),
    ...(nearest !== undefined && {
      meant: use.variable.written.replace(name, () => nearest),
    }),
  });
}

/** What is wrong with the use of a result of a task, as far as the pipeline itself says what the task gives. */
export function resultFaults(use: PlacedVariable, task: PipelineTask): TektonFault[] {
  const { variable, room } = use;
  const [, , , result = "", ...rest] = variable.parts;
  if (task.pipelineRef !== undefined || task.pipelineSpec !== undefined) {
    const message = `${quoted(task.name)} is a pipeline, whose results Tekton does not hand on.`;
    return [variableFault("pipeline-result", use, { message, help: "Take a result of a task." })];
  }
  if (task.taskSpec === undefined) return matrixUseFaults(use, task);
  const results = task.taskSpec.results ?? [];
  const declared = results.find(({ name }) => name === result);
  if (declared === undefined) {
    const names = results.map(({ name }) => name);
    const nearest = nearestName(result, names);
    return [
      variableFault("task-result-unknown", use, {
        message: `The task ${quoted(task.name)} declares no result ${quoted(result)}.`,
        help: suggestName(result, names, "result"),
        ...(nearest !== undefined && {
          meant: variable.written.replace(`.results.${result}`, () => `.results.${nearest}`),
        }),
      }),
    ];
  }
  if (isMatrixed(task)) return matrixUseFaults(use, task);
  const isWhole = rest.length === 0 && typeof variable.index !== "number" && variable.isWholeText;
  // Tekton gives a whole result with and without `[*]`.
  if (isWhole && declaredType(declared) !== "string") return [];
  const misuse = misuseOf(declared, { variable, rest, room });
  return misuse === undefined ? [] : [variableFault("variable-misplaced", use, misuse)];
}

function isMatrixed({ matrix }: PipelineTask): boolean {
  return (matrix?.params?.length ?? 0) + (matrix?.include?.length ?? 0) > 0;
}

function matrixUseFaults(use: PlacedVariable, task: PipelineTask): TektonFault[] {
  const { written, index } = use.variable;
  if (!isMatrixed(task) || index === "*") return [];
  const meant = written.replace(/(\[\d+\])?\)$/, "[*])");
  return [
    variableFault("pipeline-matrix", use, {
      message: `The task ${quoted(task.name)} has a matrix: its results come as an array of all runs.`,
      help: `Write \`${meant}\`.`,
      meant,
    }),
  ];
}
