import { substituteText } from "../../tekton/substitute.ts";
import type { PipelineTask, Task, TaskSpec } from "../../tekton/types.ts";
import type { KnownRun } from "./known-runs.ts";
import type { Nearby } from "./nearby.ts";

/** Commands whose last word is the place that they write to. */
const writing = [
  /\bbuildupload\s+s3\b/,
  /\baws\b.*\bs3\s+(cp|mv|sync)\b/,
  /\bs3cmd\b.*\b(put|sync)\b/,
  /\b(podman|docker|buildah|oras|crane)\s+push\b/,
  /\bskopeo\s+copy\b/,
];
const mostTasks = 200;
/** Nobody writes a longer one, and the patterns would take their time with it. */
const longestCommand = 2000;

/** The buckets and images that a run writes to, as far as its params and its tasks' scripts tell. */
export function outputsOf(run: KnownRun, taskOf: Nearby<Task>): string[] {
  const { pipeline } = run;
  const values = new Map<string, string>();
  for (const { name, default: value } of pipeline.value.spec.params ?? []) {
    if (typeof value === "string") values.set(`params.${name}`, value);
  }
  run.params.forEach(({ value }, name) => values.set(`params.${name}`, value));
  const outputs = pipeline.value.spec.tasks.slice(0, mostTasks).flatMap((task) => {
    const name = task.taskRef?.resolver === undefined ? task.taskRef?.name : undefined;
    const spec = task.taskSpec ?? taskOf(name ?? "", pipeline.path)?.value.spec;
    return spec === undefined || isSkipped(task, values) ? [] : taskOutputs(task, spec, values);
  });
  return [...new Set(outputs)];
}

function isSkipped({ when = [] }: PipelineTask, values: ReadonlyMap<string, string>): boolean {
  return when.some(({ input, operator, values: allowed }) => {
    const given = substituteText(input ?? "$(unknown)", values);
    if (given.includes("$(") || allowed === undefined) return false;
    return allowed.includes(given) !== (operator !== "notin");
  });
}

function taskOutputs(
  task: PipelineTask,
  spec: TaskSpec,
  ofPipeline: ReadonlyMap<string, string>,
): string[] {
  const values = new Map<string, string>();
  for (const { name, default: value } of spec.params ?? []) {
    if (typeof value === "string") values.set(`params.${name}`, value);
  }
  for (const { name, value } of task.params ?? []) {
    if (typeof value === "string") values.set(`params.${name}`, substituteText(value, ofPipeline));
  }
  return spec.steps.flatMap(({ script = "" }) => writtenPlaces(substituteText(script, values)));
}

function writtenPlaces(script: string): string[] {
  const commands = script.replaceAll(/\\\n/g, " ").split("\n");
  return commands
    .map((command) => command.trim())
    .filter((command) => !command.startsWith("#") && command.length <= longestCommand)
    .filter((command) => writing.some((kind) => kind.test(command)))
    .map((command) => /\S+$/.exec(command)?.[0]?.replace(/^["']|["']$/g, "") ?? "")
    .filter((place) => place.includes("/") && !place.includes("$"));
}
