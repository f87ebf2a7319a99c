import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { misuseOf } from "./value-use.ts";
import type { Declared } from "./value-use.ts";
import { variableFault } from "./variable-fault.ts";

/** Each name under `context` with its fields; those of tasks are filled in later, where the task runs. */
const contexts: Readonly<Record<string, readonly string[]>> = {
  pipelineRun: ["name", "namespace", "uid"],
  pipeline: ["name"],
  pipelineTask: ["retries"],
  taskRun: ["name", "namespace", "uid"],
  task: ["name", "retry-count"],
};

const workspaceFields = ["path", "bound", "claim", "volume"];
const roots = ["params", "tasks", "context", "workspaces", "results"];

/**
 * What is wrong with a variable that names no task. `params` are those that are declared, or "any" where that can't be
 * known.
 */
export function pipelineVariableFaults(
  use: PlacedVariable,
  params: ReadonlyMap<string, Declared> | "any",
): TektonFault[] {
  const [root, name, field] = use.variable.parts;
  if (root === "params") return params === "any" ? [] : paramFaults(use, params);
  if (root === "context") return contextFaults(use, name ?? "", field);
  if (root === "tasks" || root === "results") return [];
  if (root === "workspaces") {
    if (field !== undefined && workspaceFields.includes(field)) return [];
    const help = `Write \`$(workspaces.${name ?? "NAME"}.path)\`, or ${workspaceFields.slice(1).join(", ")} in place of path.`;
    return [variableFault("variable-undeclared", use, { message: unknownMessage(use), help })];
  }
  if (root === "finally") {
    const message = `${quoted(use.variable.written)} can't be used by a task: \`finally\` runs when all others have ended.`;
    const help = "Only `results` of the pipeline can be taken from tasks of `finally`.";
    return [variableFault("variable-misplaced", use, { message, help })];
  }
  const help = `Tekton's variables begin with ${roots.join(", ")}; a variable of the shell is written \${NAME}.`;
  return [variableFault("variable-undeclared", use, { message: unknownMessage(use), help })];
}

function unknownMessage({ variable }: PlacedVariable): string {
  return `${quoted(variable.written)} is no variable that Tekton fills in.`;
}

function paramFaults(use: PlacedVariable, params: ReadonlyMap<string, Declared>): TektonFault[] {
  const { written, parts } = use.variable;
  const [, name = "", ...rest] = parts;
  const declared = params.get(name);
  if (declared !== undefined) {
    const misuse = misuseOf(declared, { variable: use.variable, rest, room: use.room });
    return misuse === undefined ? [] : [variableFault("variable-misplaced", use, misuse)];
  }
  const message = `The pipeline declares no parameter ${quoted(name)}.`;
  const dotted = parts.slice(1).join(".");
  if (params.has(dotted)) {
    const meant = written.replace(`.${dotted}`, `["${dotted}"]`);
    const help = `Write \`${meant}\`: a name with dots stands in brackets.`;
    return [variableFault("variable-undeclared", use, { message, help, meant })];
  }
  const nearest = nearestName(name, params.keys());
  const meant = nearest === undefined ? undefined : written.replace(name, () => nearest);
  const help = suggestName(name, params.keys(), "parameter");
  return [variableFault("variable-undeclared", use, { message, help, meant })];
}

function contextFaults(use: PlacedVariable, name: string, field: string | undefined) {
  const fields = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (fields !== undefined && field !== undefined && fields.includes(field)) return [];
  const known = Object.entries(contexts).flatMap(([context, ofContext]) =>
    ofContext.map((known) => `context.${context}.${known}`),
  );
  const written = use.variable.parts.join(".");
  const nearest = nearestName(written, known);
  const meant = nearest === undefined ? undefined : `$(${nearest})`;
  const help = suggestName(written, known, "known one");
  return [variableFault("variable-undeclared", use, { message: unknownMessage(use), help, meant })];
}
