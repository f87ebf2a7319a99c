import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { PipelineSpec, TaskSpec } from "../types.ts";
import type { PlacedTask } from "./placed-task.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** What a task of a pipeline binds as workspaces, against those that the Task it refers to declares. */
export function taskWorkspaceFaults(
  { task, at }: PlacedTask,
  spec: TaskSpec,
  pipeline: PipelineSpec,
): TektonFault[] {
  // A run hands its workspaces on to embedded tasks.
  if (task.taskSpec !== undefined) return [];
  const declared = spec.workspaces ?? [];
  const bound = task.workspaces ?? [];
  const free = declared.filter(({ name }) => !bound.some((binding) => binding.name === name));
  const meant = new Map<string, string | undefined>();
  const faults = bound.flatMap(({ name, workspace }, index): TektonFault[] => {
    const path = [...at, "workspaces", index];
    const wanted = declared.find((other) => other.name === name);
    if (wanted !== undefined) {
      const source = (workspace ?? "") === "" ? name : workspace;
      const isOptional = pipeline.workspaces?.find((w) => w.name === source)?.optional === true;
      if (!isOptional || wanted.optional === true) return [];
      return [
        {
          rule: "task-workspace-optional",
          path: [...path, workspace === undefined ? "name" : "workspace"],
          part: "value",
          message: `The task needs its workspace ${quoted(name)}, and the workspace of the pipeline is optional.`,
          help: "Make it optional in the task too, or let the pipeline need it.",
        },
      ];
    }
    const nearest = nearestName(
      name,
      free.map((other) => other.name),
    );
    meant.set(name, nearest);
    return [
      {
        rule: "task-workspace-unknown",
        path: [...path, "name"],
        part: "value",
        message: `The task ${quoted(task.name)} has no workspace ${quoted(name)}.`,
        help: suggestName(
          name,
          declared.map((other) => other.name),
          "workspace",
        ),
        ...(nearest !== undefined && { fix: replaceValue([...path, "name"], nearest) }),
      },
    ];
  });
  // A misspelt name is one mistake, not an unknown and a missing workspace.
  const meantNames = new Set(meant.values());
  const missing = free
    .filter(({ name, optional }) => optional !== true && !meantNames.has(name))
    .map(({ name }): TektonFault => {
      return {
        rule: "task-workspace-missing",
        path: [...at, "name"],
        part: "value",
        message: `The task ${quoted(task.name)} is not given its workspace ${quoted(name)}.`,
        help: "Add it under `workspaces` of this task, with the `workspace` of the pipeline that it takes.",
      };
    });
  return [...faults, ...missing];
}
