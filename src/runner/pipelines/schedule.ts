/** Where a task of a pipeline stands; one that is not in the map has not been decided. */
export type TaskState =
  | { readonly phase: "running" }
  | { readonly phase: "succeeded" | "failed" | "ignored" | "cancelled"; readonly reason: string }
  | { readonly phase: "skipped"; readonly reason: SkipReason }
  /** It would have needed a result that was not given. */
  | { readonly phase: "invalid"; readonly message: string };

/** Tekton's own texts in status.skippedTasks. */
export type SkipReason =
  | "When Expressions evaluated to false"
  | "Parent Tasks were skipped"
  | "Results were missing"
  | "PipelineRun was stopping"
  | "PipelineRun was gracefully cancelled"
  | "PipelineRun was gracefully stopped"
  | "PipelineRun Tasks timeout has been reached"
  | "PipelineRun Finally timeout has been reached"
  | "Matrix Parameters have an empty array";

export type States = ReadonlyMap<string, TaskState>;

/** Why nothing new starts: a reason that all the rest is skipped for, that what is due is, or none at all. */
export type Halt =
  | { readonly skips: "all" | "due"; readonly reason: SkipReason }
  /** Cancelled at once, or out of time: what has not started is not even decided. */
  | { readonly skips: "nothing" };

/**
 * What can be done with a task that has not been decided: wait, skip it, leave it undecided for good, or look at its
 * when expressions. A task skipped by its own when does not skip those that only run after it; one skipped otherwise does.
 */
export function nextMove(
  dependencies: ReadonlySet<string>,
  states: States,
  halt: Halt | undefined,
): "wait" | "ready" | "never" | { readonly skip: SkipReason } {
  if (halt?.skips === "nothing") return "never";
  if (halt?.skips === "all") return { skip: halt.reason };
  const parents = [...dependencies].map((name) => states.get(name));
  const inherits = parents.some(
    (parent) =>
      parent?.phase === "skipped" && parent.reason !== "When Expressions evaluated to false",
  );
  if (inherits) return { skip: "Parent Tasks were skipped" };
  const open = parents.some((parent) => parent === undefined || parent.phase === "running");
  if (halt !== undefined) return open ? "never" : { skip: halt.reason };
  return open ? "wait" : "ready";
}

/** `tasks.status` as finally tasks see it: Failed, even if that is ignored; Completed where a task was skipped; else Succeeded. */
export function aggregateStatus(names: readonly string[], states: States): string {
  const all = names.map((name) => states.get(name));
  if (all.some((state) => taskStatus(state) === "Failed")) return "Failed";
  if (all.some((state) => state === undefined || state.phase === "running")) return "None";
  return all.some((state) => state?.phase === "skipped") ? "Completed" : "Succeeded";
}

/** `tasks.NAME.status` as finally tasks see it. */
export function taskStatus(state: TaskState | undefined): "Succeeded" | "Failed" | "None" {
  switch (state?.phase) {
    case "succeeded":
      return "Succeeded";
    case "failed":
    case "ignored":
    case "cancelled":
      return "Failed";
    case "running":
    case "skipped":
    case "invalid":
    case undefined:
      return "None";
  }
}
