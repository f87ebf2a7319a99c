import { join } from "node:path";
import type { Variables } from "../tekton/substitute.ts";
import type { ParamValue, TaskSpec } from "../tekton/types.ts";
import type { BoundWorkspace } from "./bind-workspaces.ts";
import type { StoredMeta } from "./types.ts";

/** Everything that `$(…)` can name in a Task. https://tekton.dev/docs/pipelines/variables/ */
export function taskVariables(
  spec: TaskSpec,
  meta: StoredMeta,
  taskName: string,
  retry: number,
  params: ReadonlyMap<string, ParamValue>,
  workspaces: readonly BoundWorkspace[],
  tektonDirectory: string,
): Variables {
  const variables = new Map<string, ParamValue>([
    ["context.taskRun.name", meta.name],
    ["context.taskRun.namespace", meta.namespace],
    ["context.taskRun.uid", meta.uid],
    ["context.task.name", taskName],
    ["context.task.retry-count", String(retry)],
  ]);
  for (const [name, value] of params) variables.set(`params.${name}`, value);
  for (const { name, path, bound, claim } of workspaces) {
    variables.set(`workspaces.${name}.path`, path);
    variables.set(`workspaces.${name}.bound`, String(bound));
    variables.set(`workspaces.${name}.claim`, claim);
  }
  for (const { name } of spec.results ?? []) {
    variables.set(`results.${name}.path`, join(tektonDirectory, "results", name));
  }
  spec.steps.forEach(({ name }, index) => {
    const step = name ?? `unnamed-${index}`;
    const path = join(tektonDirectory, "steps", `step-${step}`, "exitCode");
    variables.set(`steps.step-${step}.exitCode.path`, path);
    variables.set(`steps.${step}.exitCode.path`, path);
  });
  return variables;
}
