import { stringsIn } from "../../tekton/references.ts";
import type { PipelineTask, TaskSpec } from "../../tekton/types.ts";
import { variablesIn } from "../../tekton/variables.ts";

function usedIn({ steps, stepTemplate, sidecars }: TaskSpec): readonly string[] {
  const names = stringsIn([steps, stepTemplate, sidecars])
    .flatMap(variablesIn)
    .flatMap(({ parts: [scope, name] }) =>
      scope === "workspaces" && name !== undefined ? [name] : [],
    );
  return [...new Set(names)];
}

/**
 * A task whose embedded spec gets the pipeline's workspaces that it uses, though neither it nor the spec names them.
 * https://tekton.dev/docs/pipelines/pipelineruns/#propagated-workspaces
 */
export function propagateWorkspaces(task: PipelineTask): PipelineTask {
  const { taskSpec, workspaces = [] } = task;
  if (taskSpec === undefined) return task;
  const used = usedIn(taskSpec);
  const bound = new Set(workspaces.map(({ name }) => name));
  const declared = new Set((taskSpec.workspaces ?? []).map(({ name }) => name));
  const unbound = used.filter((name) => !bound.has(name)).map((name) => ({ name }));
  const undeclared = used.filter((name) => !declared.has(name)).map((name) => ({ name }));
  if (unbound.length === 0 && undeclared.length === 0) return task;
  return {
    ...task,
    workspaces: [...workspaces, ...unbound],
    taskSpec: { ...taskSpec, workspaces: [...(taskSpec.workspaces ?? []), ...undeclared] },
  };
}
