import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { PipelineRun, PipelineSpec, Timeouts } from "../types.ts";
import { placedTasks } from "./placed-task.ts";
import { repeated } from "./repeated.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { durationFaults, limitOf } from "./timeout-faults.ts";

/** What is wrong with what a PipelineRun says about single tasks: `taskRunSpecs`, and timeouts within the run's. */
export function runTaskFaults(spec: PipelineRun["spec"]): TektonFault[] {
  const taskRunSpecs = spec.taskRunSpecs ?? [];
  const names = taskRunSpecs.map(({ pipelineTaskName }) => pipelineTaskName ?? "");
  const twice = new Set(repeated(names).filter((index) => names[index] !== ""));
  return [
    ...taskRunSpecs.flatMap(({ timeout }, index) => {
      const path = ["spec", "taskRunSpecs", index];
      return [
        ...nameFaults(names[index] ?? "", path, spec.pipelineSpec),
        ...(twice.has(index) ? [twiceFault(names[index] ?? "", path)] : []),
        ...durationFaults(timeout, [...path, "timeout"]),
        ...taskLimitFaults(timeout, [...path, "timeout"], spec.timeouts, "tekton-timeout"),
      ];
    }),
    ...(spec.pipelineSpec === undefined ? [] : unreachable(spec.pipelineSpec, spec.timeouts)),
  ];
}

function nameFaults(name: string, at: NodePath, pipeline: PipelineSpec | undefined): TektonFault[] {
  if (name === "") {
    const message = "The entry does not say of which task it is.";
    const help = "Add `pipelineTaskName`.";
    return [{ rule: "run-task-unknown", path: at, part: "value", message, help }];
  }
  if (pipeline === undefined) return [];
  const known = placedTasks(pipeline, []).map(({ task }) => task.name);
  if (known.includes(name)) return [];
  const path = [...at, "pipelineTaskName"];
  const meant = nearestName(name, known);
  return [
    {
      rule: "run-task-unknown",
      path,
      part: "value",
      message: `The pipeline has no task ${quoted(name)}.`,
      help: suggestName(name, known, "task"),
      ...(meant !== undefined && { fix: replaceValue(path, meant) }),
    },
  ];
}

function twiceFault(name: string, at: NodePath): TektonFault {
  return {
    rule: "tekton-duplicate",
    path: [...at, "pipelineTaskName"],
    part: "value",
    message: `There is another entry for the task ${quoted(name)} before this one.`,
    help: "Put the two together.",
  };
}

const hour = 3_600_000;

function taskLimitFaults(
  timeout: string | undefined,
  path: NodePath,
  timeouts: Timeouts | undefined,
  rule: "tekton-timeout" | "timeout-unreachable",
): TektonFault[] {
  const own = limitOf(timeout);
  const whole = limitOf(timeouts?.tasks) ?? limitOf(timeouts?.pipeline) ?? hour;
  if (own === undefined || own <= whole || own === Number.POSITIVE_INFINITY) return [];
  const ofWhole =
    timeouts?.tasks ?? timeouts?.pipeline ?? "one hour, which is the default of Tekton";
  return [
    {
      rule,
      path,
      part: "value",
      message: `${quoted(timeout)} is longer than the run allows for its tasks: ${ofWhole}.`,
      help: "Shorten it, or give the run more time under `timeouts`.",
    },
  ];
}

function unreachable(pipeline: PipelineSpec, timeouts: Timeouts | undefined): TektonFault[] {
  return placedTasks(pipeline, ["spec", "pipelineSpec"])
    .filter(({ section }) => section === "tasks")
    .flatMap(({ task, at }) =>
      taskLimitFaults(task.timeout, [...at, "timeout"], timeouts, "timeout-unreachable"),
    );
}
