import type { StoredObject } from "../../../runner/object-store.ts";
import type { Engine } from "../../../runner/start-engine.ts";
import { describeView, renderViews, type RunView } from "./render-views.ts";
import { taskViews, viewOfRun, type TaskView } from "./task-views.ts";

export interface ProgressOptions {
  readonly allLogs: boolean;
  /** Lines are redrawn in place where it is a terminal. */
  readonly stream: NodeJS.WriteStream;
}

/** What shows how runs go, until it is ended. */
export interface Told {
  /** Writes a line that stays. */
  say(line: string): void;
  /** Shows the last state of all, with everything that was still to be written. */
  end(): Promise<void>;
}

const tailLines = 20;
const redrawMilliseconds = 120;

function findRun(engine: Engine, name: string): StoredObject | undefined {
  return engine.store.taskRuns.get(name) ?? engine.store.pipelineRuns.get(name);
}

/** The runs that nothing else started, each with its tasks. */
function viewsOf(engine: Engine): readonly RunView[] {
  const { pipelineRuns, taskRuns } = engine.store;
  const all = [...pipelineRuns.list(), ...taskRuns.list()];
  const roots = all.filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0);
  return roots.map((run): RunView => {
    const view = viewOfRun(run, run.metadata.name, false);
    const condition = run.status?.conditions[0];
    const words = [condition?.reason ?? "", condition?.message ?? ""].filter((text) => text !== "");
    return {
      title: `${run.kind} ${run.metadata.name}`,
      whole: { ...view, detail: words.join(": ") },
      tasks: run.kind === "PipelineRun" ? taskViews(run, (name) => findRun(engine, name)) : [],
    };
  });
}

/** The last lines of every step that did not end well. */
async function failedLogs(engine: Engine, run: StoredObject): Promise<readonly string[]> {
  if (run.kind !== "TaskRun" || run.status.conditions[0]?.status !== "False") return [];
  const failed = (run.status.steps ?? []).filter(
    ({ terminated, terminationReason }) =>
      (terminated?.exitCode ?? 0) !== 0 && terminationReason !== "Skipped",
  );
  const texts = failed.map(async ({ name, container = "" }) => {
    const log = await engine.readLog(run.status.podName, container, tailLines);
    const lines = (log ?? "").split("\n").filter((line) => line !== "");
    return lines.map((line) => `[${run.metadata.name} ${name}] ${line}`);
  });
  return (await Promise.all(texts)).flat();
}

/**
 * Shows how the runs of an engine go: on a terminal the whole graph, redrawn in place; elsewhere a line for each change.
 * With `allLogs` every line that a step writes stands between them as it comes, else the end of what failed.
 */
export async function tellProgress(
  engine: Engine,
  { allLogs, stream }: ProgressOptions,
): Promise<Told> {
  // A terminal without a size, as in some containers, shows nothing that is drawn in place.
  const isTerminal = stream.isTTY && stream.columns > 0 && stream.rows > 0;
  const isColoured = isTerminal && process.env["NO_COLOR"] === undefined;
  const screen = isTerminal ? (await import("log-update")).createLogUpdate(stream) : undefined;
  const told = new Map<string, { readonly view: TaskView; readonly text: string }>();
  const logsTold = new Set<string>();
  let pending: Promise<unknown> = Promise.resolve();

  const draw = (): void => {
    const lines = renderViews(viewsOf(engine), new Date(), stream, isColoured);
    screen?.(lines.join("\n"));
  };
  const say = (line: string): void => {
    if (screen === undefined) {
      stream.write(`${line}\n`);
      return;
    }
    screen.clear();
    stream.write(`${line}\n`);
    draw();
  };
  const tell = (key: string, view: TaskView): void => {
    const last = told.get(key);
    if (last?.view === view) return;
    const text = describeView(view, new Date());
    // Between two steps there is nothing to tell, and a task is skipped once, whatever else becomes a reason.
    const isPause = view.phase === "running" && last !== undefined && !view.detail.includes("step");
    if (last?.text === text || isPause || last?.view.phase === "skipped") return;
    told.set(key, { view, text });
    if (!isTerminal) say(`${key}: ${text}`);
  };
  const tellChanges = (): void => {
    for (const { title, whole, tasks } of viewsOf(engine)) {
      for (const task of tasks) if (task.phase !== "waiting") tell(`${title} ${task.name}`, task);
      if (whole.completionTime !== undefined) tell(title, whole);
    }
  };

  let isDue = false;
  const tellSoon = (): void => {
    if (isTerminal || isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      tellChanges();
    });
  };

  const stopHearing = engine.store.subscribe(({ object }) => {
    tellSoon();
    const { uid } = object.metadata;
    if (allLogs || object.status?.completionTime === undefined || logsTold.has(uid)) return;
    logsTold.add(uid);
    const logs = failedLogs(engine, object);
    pending = pending.then(() => logs).then((lines) => lines.forEach(say));
  });
  const stopLines = allLogs
    ? engine.followLogs(({ pod, container, line }) => {
        const run = pod.replace(/-pod(?=$|-retry\d+$)/, "");
        say(`[${run} ${container.replace(/^step-/, "")}] ${line}`);
      })
    : () => undefined;
  const timer = isTerminal ? setInterval(draw, redrawMilliseconds) : undefined;
  let isOver = false;

  return {
    say,
    end: async () => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      stopHearing();
      stopLines();
      tellChanges();
      await pending;
      if (screen === undefined) return;
      draw();
      screen.done();
    },
  };
}
