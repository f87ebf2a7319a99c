import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { ResultSpec, Step } from "../types.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { misuseOf } from "./value-use.ts";
import type { Declared } from "./value-use.ts";
import { variableFault } from "./variable-fault.ts";

/** What variables of a task may speak of; "any" where it can't be known. */
export interface TaskScope {
  readonly params: ReadonlyMap<string, Declared> | "any";
  readonly workspaces: ReadonlySet<string> | "any";
  readonly results: readonly ResultSpec[];
  readonly steps: readonly Step[];
  readonly owner: "task" | "StepAction";
  /** False where a Pipeline or a run is around the task, which fills in variables of its own. */
  readonly isAlone: boolean;
}

const workspaceFields = ["path", "bound", "claim", "volume"];
const taskContexts = [
  "context.taskRun.name",
  "context.taskRun.namespace",
  "context.taskRun.uid",
  "context.task.name",
  "context.task.retry-count",
];

/** What is wrong with a variable of a task; those that Tekton does not know belong to the shell. */
export function stepVariableFaults(use: PlacedVariable, scope: TaskScope): TektonFault[] {
  const [root, ...rest] = use.variable.parts;
  if (rest.length === 0) return [];
  if (root === "params") return paramFaults(use, rest, scope);
  if (root === "inputs" && rest[0] === "params") return paramFaults(use, rest.slice(1), scope);
  if (root === "workspaces") return workspaceFaults(use, rest, scope.workspaces);
  if (root === "results") return resultFaults(use, rest, scope);
  if (root === "context") return contextFaults(use, rest, scope.isAlone);
  if (root === "steps") return stepReferenceFaults(use, rest, scope.steps);
  return root === "tasks" ? tasksFaults(use, rest, scope.isAlone) : [];
}

function paramFaults(
  use: PlacedVariable,
  [name = "", ...rest]: readonly string[],
  { params, owner }: TaskScope,
): TektonFault[] {
  if (params === "any") return [];
  const { variable, room } = use;
  const declared = params.get(name);
  if (declared !== undefined) {
    const misuse = misuseOf(declared, { variable, rest, room });
    return misuse === undefined ? [] : [variableFault("variable-misplaced", use, misuse)];
  }
  const message = `The ${owner} declares no parameter ${quoted(name)}.`;
  const dotted = [name, ...rest].join(".");
  if (params.has(dotted)) {
    const meant = variable.written.replace(`.${dotted}`, `["${dotted}"]`);
    const help = `Write \`${meant}\`: a name with dots stands in brackets.`;
    return [variableFault("variable-undeclared", use, { message, help, meant })];
  }
  return [undeclared(use, name, [...params.keys()], { message, kind: "parameter" })];
}

interface UndeclaredText {
  readonly message: string;
  readonly kind: string;
}

function undeclared(
  use: PlacedVariable,
  name: string,
  known: readonly string[],
  { message, kind }: UndeclaredText,
): TektonFault {
  const nearest = nearestName(name, known);
  const { written } = use.variable;
  return variableFault("variable-undeclared", use, {
    message,
    help: suggestName(name, known, kind),
    meant: nearest === undefined ? undefined : written.replace(name, () => nearest),
  });
}

function workspaceFaults(
  use: PlacedVariable,
  [name = "", field = ""]: readonly string[],
  workspaces: TaskScope["workspaces"],
): TektonFault[] {
  if (workspaces !== "any" && !workspaces.has(name)) {
    const message = `The task declares no workspace ${quoted(name)}.`;
    return [undeclared(use, name, [...workspaces], { message, kind: "workspace" })];
  }
  if (workspaceFields.includes(field)) return [];
  const message = `A workspace has no ${field === "" ? "value of its own" : quoted(field)} to fill in.`;
  return [undeclared(use, field, workspaceFields, { message, kind: "field of a workspace" })];
}

function resultFaults(
  use: PlacedVariable,
  [name = "", field]: readonly string[],
  { results, owner }: TaskScope,
): TektonFault[] {
  const names = results.map((result) => result.name);
  if (!names.includes(name)) {
    const message = `The ${owner} declares no result ${quoted(name)}.`;
    return [undeclared(use, name, names, { message, kind: "result" })];
  }
  if (field === "path") return [];
  const meant = `$(results.${name}.path)`;
  const message = `${quoted(use.variable.written)} is no variable: a task can only write its result.`;
  const help = `Write the value to the file \`${meant}\`.`;
  return [variableFault("variable-undeclared", use, { message, help, meant })];
}

function contextFaults(
  use: PlacedVariable,
  [context = "", field = ""]: readonly string[],
  isAlone: boolean,
): TektonFault[] {
  const name = `context.${context}.${field}`;
  if (taskContexts.includes(name)) return [];
  if (context.startsWith("pipeline")) {
    if (!isAlone) return [];
    const message = `${quoted(use.variable.written)} is known to a Pipeline only.`;
    const help = "Declare a parameter, and let the pipeline fill it in.";
    return [variableFault("variable-misplaced", use, { message, help })];
  }
  // Either part alone may be misspelt; more than that is another name.
  const near = taskContexts.filter(
    (known) => known.startsWith(`context.${context}.`) || known.endsWith(`.${field}`),
  );
  const nearest = nearestName(name, near);
  return [
    variableFault("variable-undeclared", use, {
      message: `Tekton does not know ${quoted(use.variable.written)}.`,
      help:
        nearest === undefined
          ? `Tekton knows ${taskContexts.join(", ")}.`
          : suggestName(name, near, "known one"),
      meant: nearest === undefined ? undefined : `$(${nearest})`,
    }),
  ];
}

function stepReferenceFaults(
  use: PlacedVariable,
  [name = "", field, result]: readonly string[],
  steps: readonly Step[],
): TektonFault[] {
  const names = steps.flatMap((step, index) => step.name ?? `unnamed-${index}`);
  const isExitCode = field === "exitCode";
  const known = isExitCode ? names.map((step) => `step-${step}`) : names;
  if (field !== "results" && !isExitCode) return [];
  if (!known.includes(name)) {
    const message = isExitCode
      ? `The task has no container ${quoted(name)}: those of steps are named \`step-NAME\`.`
      : `The task has no step ${quoted(name)}.`;
    return [undeclared(use, name, known, { message, kind: "step" })];
  }
  const step = steps[known.indexOf(name)];
  if (isExitCode || result === undefined || step === undefined) return [];
  if (!mayHoldStepResults(use)) {
    const message = `${quoted(use.variable.written)} can stand in \`env\`, \`command\` and \`args\` only.`;
    const help = "Put it into an `env` variable, and use that here.";
    return [variableFault("variable-misplaced", use, { message, help })];
  }
  // What a StepAction gives stands in its own file.
  if (step.ref !== undefined) return [];
  const results = (step.results ?? []).map((declared) => declared.name);
  if (results.includes(result)) return [];
  const message = `The step ${quoted(name)} declares no result ${quoted(result)}.`;
  return [undeclared(use, result, results, { message, kind: "result" })];
}

/** Tekton refuses results of steps in all other fields of a container. */
function mayHoldStepResults({ path }: PlacedVariable): boolean {
  const wrong = ["image", "script", "imagePullPolicy", "workingDir", "envFrom", "volumeMounts"];
  return !path.some((part) => typeof part === "string" && wrong.includes(part));
}

/**
 * Results reach the spec of an inline task, the states of tasks do not:
 * https://tekton.dev/docs/pipelines/pipelines/#using-execution-status-of-pipelinetask
 */
function tasksFaults(
  use: PlacedVariable,
  rest: readonly string[],
  isAlone: boolean,
): TektonFault[] {
  const isState = ["status", "reason"].includes(rest.at(-1) ?? "") && rest.length <= 2;
  if (!isAlone && !isState) return [];
  const what = isState ? "state" : "result";
  const message = isAlone
    ? `${quoted(use.variable.written)} is known to a Pipeline only.`
    : `${quoted(use.variable.written)} is filled in in \`params\` and \`when\`, and left as it stands here.`;
  const help = `Declare a parameter, and let the pipeline give the ${what} as its value.`;
  return [variableFault("variable-misplaced", use, { message, help })];
}

/** What is wrong with a variable of a step's own results, `$(step.results.NAME.path)`. */
export function ownResultFaults(
  use: PlacedVariable,
  results: readonly ResultSpec[] = [],
): TektonFault[] {
  const [root, field, name = ""] = use.variable.parts;
  if (root !== "step" || field !== "results") return [];
  const names = results.map((result) => result.name);
  if (names.includes(name)) return [];
  const message = `The step declares no result ${quoted(name)}.`;
  return [undeclared(use, name, names, { message, kind: "result" })];
}
