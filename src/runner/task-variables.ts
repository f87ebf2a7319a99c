import { join } from "node:path";
import { substituteValue, type Variables } from "../tekton/substitute.ts";
import type { ParamValue, TaskSpec } from "../tekton/types.ts";
import { workspaceVolumeName, type BoundWorkspace } from "./bind-workspaces.ts";
import { stepName } from "./steps/step-name.ts";
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
  for (const { name, path, bound, claim } of workspaces) {
    variables.set(`workspaces.${name}.path`, path);
    variables.set(`workspaces.${name}.bound`, String(bound));
    variables.set(`workspaces.${name}.claim`, claim);
    variables.set(`workspaces.${name}.volume`, bound ? workspaceVolumeName(name) : "");
  }
  for (const { name } of spec.results ?? []) {
    variables.set(`results.${name}.path`, join(tektonDirectory, "results", name));
  }
  spec.steps.forEach((step, index) => {
    const name = stepName(step, index);
    const path = join(tektonDirectory, "steps", `step-${name}`, "exitCode");
    variables.set(`steps.step-${name}.exitCode.path`, path);
    variables.set(`steps.${name}.exitCode.path`, path);
  });
  variables.set("credentials.path", join(tektonDirectory, "creds"));
  variables.set("artifacts.path", join(tektonDirectory, "artifacts", "provenance.json"));
  // Tekton fills in params before all the rest, so that their values may name the rest, and no param.
  const filled = [...params].map(
    ([name, value]) => [name, substituteValue(value, variables)] as const,
  );
  for (const [name, value] of filled) {
    variables.set(`params.${name}`, value);
    // What v1alpha1 called them; Tekton still fills it in.
    variables.set(`inputs.params.${name}`, value);
  }
  return variables;
}
