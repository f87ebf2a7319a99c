import { describe, expect, test } from "@jest/globals";
import { describeView, renderViews } from "../../../../src/cli/run/progress/render-views.ts";
import { taskViews, viewOfRun } from "../../../../src/cli/run/progress/task-views.ts";
import type { StoredObject } from "../../../../src/runner/object-store.ts";
import type { PipelineRunObject, TaskRunObject } from "../../../../src/runner/types.ts";

const started = "2026-01-01T00:00:00Z";
const now = new Date("2026-01-01T00:01:05Z");

const meta = (name: string) => ({
  name,
  namespace: "default",
  uid: name,
  creationTimestamp: started,
  resourceVersion: "1",
  generation: 1,
  labels: {},
  annotations: {},
});

const taskRun = (
  name: string,
  status: "True" | "False" | "Unknown",
  reason: string,
): TaskRunObject => ({
  apiVersion: "tekton.dev/v1",
  kind: "TaskRun",
  metadata: meta(name),
  spec: {},
  status: {
    conditions: [
      { type: "Succeeded", status, reason, message: `${name} says`, lastTransitionTime: started },
    ],
    podName: `${name}-pod`,
    startTime: started,
    ...(status !== "Unknown" && { completionTime: "2026-01-01T00:00:04Z" }),
    steps: [{ name: "compile", container: "step-compile", running: { startedAt: started } }],
  },
});

const child = (name: string, pipelineTaskName: string) =>
  ({ apiVersion: "tekton.dev/v1", kind: "TaskRun", name, pipelineTaskName }) as const;

const task = (name: string, ...runAfter: string[]) => ({ name, runAfter });

const run: PipelineRunObject = {
  apiVersion: "tekton.dev/v1",
  kind: "PipelineRun",
  metadata: meta("r"),
  spec: {},
  status: {
    conditions: [
      {
        type: "Succeeded",
        status: "Unknown",
        reason: "Running",
        message: "Tasks Completed: 1",
        lastTransitionTime: started,
      },
    ],
    startTime: started,
    pipelineSpec: {
      tasks: [
        task("late", "done", "fan"),
        task("done"),
        task("fan"),
        task("off"),
        task("bad"),
        task("queued"),
      ],
      finally: [task("tidy")],
    },
    childReferences: [
      child("r-done", "done"),
      child("r-fan-0", "fan"),
      child("r-fan-1", "fan"),
      child("r-bad", "bad"),
      child("r-queued", "queued"),
    ],
    skippedTasks: [{ name: "off", reason: "When Expressions evaluated to false" }],
  },
};
const runs = new Map<string, StoredObject>(
  [
    taskRun("r-done", "True", "Succeeded"),
    taskRun("r-fan-0", "True", "Succeeded"),
    taskRun("r-fan-1", "Unknown", "Running"),
    taskRun("r-bad", "False", "FailureIgnored"),
  ].map((one) => [one.metadata.name, one]),
);
const views = taskViews(run, (name) => runs.get(name));

describe("the progress of a run", () => {
  test("tells of each task what runs, what waits for what, and how it ended", () => {
    expect(views.map((view) => `${view.name}: ${describeView(view, now)}`)).toEqual([
      "late: waits for fan",
      "done: succeeded after 4s",
      "fan: runs, 1 of 2, step compile",
      "off: skipped, When Expressions evaluated to false",
      "bad: failed, ignored after 4s, FailureIgnored: r-bad says",
      "queued: waits for its turn",
      "tidy: waits for all tasks",
    ]);
  });

  test("tells of no task where the run ended before any was decided on", () => {
    const status = {
      ...run.status!,
      childReferences: [],
      skippedTasks: [],
      completionTime: started,
    };
    const refused = { ...run, status };
    expect(taskViews(refused, () => undefined)).toEqual([]);
  });

  test("a task that the end of the run came before was not skipped", () => {
    const over = { ...run, status: { ...run.status!, completionTime: started } };
    const shown = taskViews(over, (name) => runs.get(name)).map((view) => describeView(view, now));
    expect(shown.filter((text) => text === "never started")).toHaveLength(3);
    expect(shown.filter((text) => text.startsWith("skipped"))).toHaveLength(1);
  });

  const whole = { ...viewOfRun(run, "r", false), detail: "Running" };

  test("is drawn as a graph with durations", () => {
    const lines = renderViews(
      [{ title: "PipelineRun r", whole, tasks: views }],
      now,
      { rows: 40, columns: 100 },
      false,
    );
    expect(lines).toEqual([
      "▶ PipelineRun r 1m5s  Running",
      "  ◌ late           waits for fan",
      "  ✓ done       4s",
      "  ▶ fan      1m5s  1 of 2, step compile",
      "  ↷ off            When Expressions evaluated to false",
      "  ! bad        4s  FailureIgnored: r-bad says",
      "  ◌ queued         waits for its turn",
      "  finally",
      "  ◌ tidy           waits for all tasks",
    ]);
  });

  test("is cut where the terminal ends, so that no line becomes two", () => {
    const lines = renderViews(
      [{ title: "PipelineRun r", whole: { ...whole, detail: "x".repeat(99) }, tasks: views }],
      now,
      { rows: 40, columns: 36 },
      false,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBe(36);
    expect(lines[0]).toBe(`▶ PipelineRun r 1m5s  ${"x".repeat(13)}…`);
    expect(lines[3]).toBe("  ▶ fan      1m5s  1 of 2, step com…");
  });

  test("a task that was retried took all of its attempts", () => {
    const again = taskRun("again", "True", "Succeeded");
    const earlier = { ...again.status, startTime: "2025-12-31T23:59:58Z" };
    const status = { ...again.status, retriesStatus: [earlier, again.status] };
    const view = viewOfRun({ ...again, status }, "again", false);
    expect(describeView(view, now)).toBe("succeeded after 6s, after 2 retries");
  });

  test("never needs more rows than there are, and keeps what runs", () => {
    for (const rows of [1, 4, 6, 8]) {
      const lines = renderViews(
        [{ title: "r", whole, tasks: views }],
        now,
        { rows, columns: 100 },
        false,
      );
      expect(lines.length).toBeLessThanOrEqual(Math.max(3, rows + 1));
      if (rows > 3) expect(lines.join("\n")).toContain("fan");
    }
  });

  test("is coloured only where that is wanted", () => {
    const draw = (isColoured: boolean) =>
      renderViews(
        [{ title: "r", whole, tasks: views }],
        now,
        { rows: 40, columns: 100 },
        isColoured,
      ).join("\n");
    expect(draw(false)).not.toContain("\u001b[");
    expect(draw(true)).toContain("\u001b[");
  });
});
