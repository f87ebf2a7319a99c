import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import { findCycle, pipelineDependencies } from "../pipeline-graph.ts";
import type { PipelineSpec } from "../types.ts";
import { placedTasks } from "./placed-task.ts";
import type { PlacedTask } from "./placed-task.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** What is wrong with the order of a pipeline's tasks: `runAfter`, and circles. */
export function graphFaults(spec: PipelineSpec, at: NodePath): TektonFault[] {
  const names = new Set(spec.tasks.map(({ name }) => name));
  const last = new Set((spec.finally ?? []).map(({ name }) => name));
  return [
    ...placedTasks(spec, at).flatMap((placed) => runAfterFaults(placed, names, last)),
    ...circleFaults(spec, at),
  ];
}

function runAfterFaults(
  { task, section, at }: PlacedTask,
  names: ReadonlySet<string>,
  last: ReadonlySet<string>,
): TektonFault[] {
  const runAfter = task.runAfter ?? [];
  if (section === "finally" && runAfter.length > 0) {
    return [
      {
        rule: "pipeline-finally",
        path: [...at, "runAfter"],
        part: "key",
        message: `The task ${quoted(task.name)} of \`finally\` has \`runAfter\`.`,
        help: "Remove it: the tasks of `finally` run at once when all others have ended.",
      },
    ];
  }
  return runAfter.flatMap((name, index): TektonFault[] => {
    if (names.has(name)) return [];
    const path = [...at, "runAfter", index];
    if (last.has(name)) {
      return [
        {
          rule: "pipeline-finally",
          path,
          part: "value",
          message: `The task ${quoted(task.name)} waits for ${quoted(name)} of \`finally\`, which runs when all others have ended.`,
          help: `Move ${quoted(name)} to \`tasks\`, or wait for it no more.`,
        },
      ];
    }
    const meant = nearestName(name, names);
    return [
      {
        rule: "pipeline-task-unknown",
        path,
        part: "value",
        message: `The task ${quoted(task.name)} waits for ${quoted(name)}, which the pipeline does not have.`,
        help: suggestName(name, names, "task"),
        ...(meant !== undefined && { fix: replaceValue(path, meant) }),
      },
    ];
  });
}

function circleFaults(spec: PipelineSpec, at: NodePath): TektonFault[] {
  const cycle = findCycle(pipelineDependencies(spec));
  const first = cycle?.[0];
  if (cycle === undefined || first === undefined) return [];
  const index = spec.tasks.findIndex(({ name }) => name === first);
  const message =
    cycle.length === 1
      ? `The task ${quoted(first)} waits for itself.`
      : `Tasks wait for each other: ${shortened([...cycle, first]).join(" waits for ")}.`;
  return [
    {
      rule: "pipeline-cycle",
      path: [...at, "tasks", index, "name"],
      part: "value",
      message,
      help: "Remove one `runAfter` or one use of a result from the circle.",
    },
  ];
}

/** The names in quotes; of a long circle its beginning and its end. */
function shortened(names: readonly string[]): readonly string[] {
  const all = names.map(quoted);
  return all.length <= 10 ? all : [...all.slice(0, 5), "…", ...all.slice(-3)];
}
