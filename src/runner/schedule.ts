/** Where a task of a pipeline stands; one that is not in the map has not been decided. */
export type TaskState =
  | { readonly phase: "running" }
  | { readonly phase: "succeeded" | "failed" | "ignored" | "cancelled"; readonly reason: string }
  | { readonly phase: "skipped"; readonly reason: SkipReason };

/** Tekton's own texts in status.skippedTasks. */
export type SkipReason =
  | "When Expressions evaluated to false"
  | "Parent Tasks were skipped"
  | "Results were missing"
  | "PipelineRun was stopping"
  | "PipelineRun was gracefully cancelled"
  | "PipelineRun was gracefully stopped"
  | "PipelineRun was cancelled"
  | "PipelineRun timeout has been reached"
  | "PipelineRun Tasks timeout has been reached"
  | "PipelineRun Finally timeout has been reached";

export type States = ReadonlyMap<string, TaskState>;

/**
 * What can be done with a task that has not been decided: wait, skip it, or look at its when expressions and start it.
 * A task skipped by its own when does not skip those that only run after it; one skipped otherwise does.
 * `halt` is the reason why nothing new starts, if there is one.
 */
export function nextMove(
  dependencies: ReadonlySet<string>,
  states: States,
  halt: SkipReason | undefined,
): "wait" | "ready" | { readonly skip: SkipReason } {
  if (halt !== undefined) return { skip: halt };
  const parents = [...dependencies].map((name) => states.get(name));
  if (parents.some((parent) => parent === undefined || parent.phase === "running")) return "wait";
  const inherits = parents.some(
    (parent) =>
      parent?.phase === "skipped" && parent.reason !== "When Expressions evaluated to false",
  );
  return inherits ? { skip: "Parent Tasks were skipped" } : "ready";
}

/** `tasks.status` as finally tasks see it: Failed, Completed where a task was skipped, Succeeded, None where some never ran. */
export function aggregateStatus(names: readonly string[], states: States): string {
  const all = names.map((name) => states.get(name));
  if (all.some((state) => state?.phase === "failed" || state?.phase === "cancelled"))
    return "Failed";
  if (all.some((state) => state === undefined || state.phase === "running")) return "None";
  return all.some((state) => state?.phase === "skipped") ? "Completed" : "Succeeded";
}

/** `tasks.NAME.status` as finally tasks see it. */
export function taskStatus(state: TaskState | undefined): "Succeeded" | "Failed" | "None" {
  if (state?.phase === "succeeded") return "Succeeded";
  if (state?.phase === "failed" || state?.phase === "ignored" || state?.phase === "cancelled") {
    return "Failed";
  }
  return "None";
}
