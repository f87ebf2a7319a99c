import type { StoredObject } from "../../../runner/object-store.ts";
import type {
  ChildReference,
  PipelineRunObject,
  TaskRunObject,
  TaskRunStatus,
} from "../../../runner/types.ts";
import { pipelineDependencies } from "../../../tekton/pipeline-graph.ts";
import type { PipelineSpec, PipelineTask } from "../../../tekton/types.ts";

export type Phase =
  | "waiting"
  | "running"
  | "succeeded"
  | "failed"
  | "ignored"
  | "cancelled"
  | "skipped"
  | "unstarted";

/** What a person sees of one task of a run, or of a TaskRun on its own. */
export interface TaskView {
  readonly name: string;
  readonly isFinally: boolean;
  readonly phase: Phase;
  /** What it waits for, the step that runs, or why it ended so. */
  readonly detail: string;
  readonly startTime?: string;
  readonly completionTime?: string;
}

const over: readonly Phase[] = [
  "succeeded",
  "failed",
  "ignored",
  "cancelled",
  "skipped",
  "unstarted",
];

function phaseOf({ status }: StoredObject): Phase {
  const condition = status?.conditions[0];
  if (condition?.status === "True") return "succeeded";
  if (condition?.status !== "False") return "running";
  if (condition.reason === "FailureIgnored") return "ignored";
  return ["TaskRunCancelled", "Cancelled"].includes(condition.reason) ? "cancelled" : "failed";
}

function runningStep({ status }: TaskRunObject): string {
  const step = status.steps?.find(({ running }) => running !== undefined);
  const attempt = status.retriesStatus?.length ?? 0;
  const again = attempt === 0 ? "" : `retry ${attempt}`;
  return [again, step === undefined ? "" : `step ${step.name}`]
    .filter((text) => text !== "")
    .join(", ");
}

function earlierAttempts(run: StoredObject): readonly TaskRunStatus[] {
  return run.kind === "TaskRun" ? (run.status.retriesStatus ?? []) : [];
}

function retriesOf(run: StoredObject): string {
  const { length } = earlierAttempts(run);
  if (length === 0) return "";
  return length === 1 ? "after one retry" : `after ${length} retries`;
}

function detailOf(run: StoredObject, phase: Phase): string {
  if (phase === "running") return run.kind === "TaskRun" ? runningStep(run) : "";
  const condition = run.status?.conditions[0];
  return phase === "succeeded"
    ? retriesOf(run)
    : `${condition?.reason ?? ""}: ${condition?.message ?? ""}`;
}

/** A TaskRun, or a PipelineRun that is a task of another, as one line. */
export function viewOfRun(run: StoredObject, name: string, isFinally: boolean): TaskView {
  const phase = phaseOf(run);
  const { completionTime } = run.status ?? {};
  // Each attempt has a start of its own; a person waits from the first on.
  const startTime = earlierAttempts(run)[0]?.startTime ?? run.status?.startTime;
  return {
    name,
    isFinally,
    phase,
    detail: detailOf(run, phase),
    ...(startTime !== undefined && { startTime }),
    ...(completionTime !== undefined && { completionTime }),
  };
}

/** The runs of a matrix as one line: the worst of them, and how many have ended. */
function viewOfMany(views: readonly TaskView[], count: number, waiting: TaskView): TaskView {
  const done = views.filter(({ phase }) => over.includes(phase)).length;
  const order: readonly Phase[] = ["running", "failed", "cancelled", "ignored", "succeeded"];
  const [worst = waiting] = order.flatMap((phase) => views.filter((view) => view.phase === phase));
  const { detail, completionTime, ...rest } = worst;
  const startTime = views.map((view) => view.startTime ?? "").sort()[0];
  return {
    ...rest,
    ...(startTime !== undefined && startTime !== "" && { startTime }),
    ...(done === count && completionTime !== undefined && { completionTime }),
    phase: done === count || views.length === 0 ? worst.phase : "running",
    detail: [`${done} of ${count}`, detail].filter((text) => text !== "").join(", "),
  };
}

/** Of each pipeline once: they are looked at with every change of a run. */
const knownDependencies = new WeakMap<PipelineSpec, ReturnType<typeof pipelineDependencies>>();

function dependenciesOf(spec: PipelineSpec): ReturnType<typeof pipelineDependencies> {
  const known = knownDependencies.get(spec) ?? pipelineDependencies(spec);
  knownDependencies.set(spec, known);
  return known;
}

/** Of each run as it stands: few of them change at a time. */
const knownViews = new WeakMap<StoredObject, TaskView>();

function viewOfChild(run: StoredObject, name: string, isFinally: boolean): TaskView {
  const known = knownViews.get(run) ?? viewOfRun(run, name, isFinally);
  knownViews.set(run, known);
  return known;
}

function namesByTask(children: readonly ChildReference[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, pipelineTaskName } of children) {
    const known = names.get(pipelineTaskName);
    if (known === undefined) names.set(pipelineTaskName, [name]);
    else known.push(name);
  }
  return names;
}

/**
 * Every task of a pipeline as a line, in the pipeline's order; `find` gives the run of a name where there is one. None
 * where the run ended before any of them was decided on.
 */
export function taskViews(
  { status }: PipelineRunObject,
  find: (name: string) => StoredObject | undefined,
): readonly TaskView[] {
  const spec = status?.pipelineSpec;
  if (spec === undefined) return [];
  const isOver = status?.completionTime !== undefined;
  const { childReferences = [], skippedTasks = [] } = status ?? {};
  if (isOver && childReferences.length === 0 && skippedTasks.length === 0) return [];
  const skipped = new Map(skippedTasks.map(({ name, reason }) => [name, reason]));
  const dependencies = dependenciesOf(spec);
  const childNames = namesByTask(childReferences);
  const decided = new Map<string, TaskView>();
  const view = (task: PipelineTask, isFinally: boolean): TaskView => {
    const { name } = task;
    const reason = skipped.get(name);
    if (reason !== undefined) return { name, isFinally, phase: "skipped", detail: reason };
    const children = childNames.get(name) ?? [];
    const views = children.flatMap((child) => {
      const run = find(child);
      return run === undefined ? [] : [viewOfChild(run, name, isFinally)];
    });
    const [only] = views;
    const waiting: TaskView = { name, isFinally, phase: "waiting", detail: "for its turn" };
    if (children.length > 1) return viewOfMany(views, children.length, waiting);
    if (only !== undefined) return only;
    if (isOver) return { name, isFinally, phase: "unstarted", detail: "" };
    if (children.length > 0) return waiting;
    const open = [...(dependencies.get(name) ?? [])].filter(
      (other) => !over.includes(decided.get(other)?.phase ?? "waiting"),
    );
    const waits = isFinally ? "for all tasks" : open.length > 0 ? `for ${open.join(", ")}` : "";
    return { ...waiting, detail: waits };
  };
  const sorted = [
    ...spec.tasks.map((task) => ({ task, isFinally: false })),
    ...(spec.finally ?? []).map((task) => ({ task, isFinally: true })),
  ];
  for (const { task, isFinally } of sorted) decided.set(task.name, view(task, isFinally));
  // A task may stand before those that it waits for, which are all decided on only now.
  return sorted.map(({ task, isFinally }) => {
    const known = decided.get(task.name);
    return known === undefined || known.phase === "waiting" ? view(task, isFinally) : known;
  });
}
