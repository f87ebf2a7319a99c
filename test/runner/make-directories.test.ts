import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeDirectories } from "../../src/runner/make-directories.ts";
import type { TaskWork } from "../../src/runner/run-task.ts";
import type { Step, TaskSpec } from "../../src/tekton/types.ts";
import { temporaryDirectory } from "./helpers.ts";

let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rmSync(directory, { recursive: true }));

function workOf(step: Step, more: Partial<TaskSpec> = {}): TaskWork {
  return {
    metadata: {
      name: "t",
      namespace: "default",
      uid: "u",
      resourceVersion: "1",
      generation: 1,
      creationTimestamp: "2026-01-01T00:00:00Z",
      labels: {},
      annotations: {},
    },
    spec: { params: [], workspaces: [] },
    task: { name: "t", spec: { steps: [step], ...more } },
    inherited: new Map(),
    retries: 0,
    timeout: 1000,
    failureIgnored: false,
  };
}

function below(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
}

const all = ["artifacts", "creds", "home", "results", "run", "scripts", "steps"];

describe("a plain process", () => {
  test("has a home and /workspace where no variable leads it further", () => {
    const root = join(directory, "tasks", "a");
    const made = makeDirectories(
      root,
      workOf({ name: "s", image: "x", script: "true" }),
      "process",
    );
    expect(below(root)).toEqual(["home", "workspace"]);
    expect(made).toMatchObject({ home: join(root, "home"), scripts: root, hasStatuses: false });
  });

  test("has a place for the results that its Task declares", () => {
    const root = join(directory, "tasks", "b");
    makeDirectories(
      root,
      workOf({ name: "s", image: "x" }, { results: [{ name: "r" }] }),
      "process",
    );
    expect(below(join(root, "tekton"))).toEqual(["results"]);
  });

  test.each([
    ["exit codes", "cat $(steps.s.exitCode.path)"],
    ["credentials", "ls $(credentials.path)"],
    ["artifacts", "echo {} >$(artifacts.path)"],
    ["a step's artifacts", "echo {} >$(step.artifacts.path)"],
    ["a step's results", "echo x >$(step.results.r.path)"],
    ["a step's results, in brackets", "echo x >$(step.results['r'].path)"],
    ["a directory of Tekton's by its path", "cd /tekton/home"],
  ])("has everything where its script leads to %s", (_what, script) => {
    const root = join(directory, "tasks", "c");
    const made = makeDirectories(root, workOf({ name: "s", image: "x", script }), "process");
    expect(readdirSync(join(root, "tekton")).sort()).toEqual(all);
    expect(made.hasStatuses).toBe(true);
  });
});

test.each(["namespace", "podman"] as const)("a container has everything (%s)", (kind) => {
  const root = join(directory, "tasks", "d");
  const made = makeDirectories(root, workOf({ name: "s", image: "x", script: "true" }), kind);
  expect(readdirSync(made.tekton).sort()).toEqual(all);
  expect(readdirSync(join(made.tekton, "steps", "step-s")).sort()).toEqual([
    "artifacts",
    "results",
  ]);
});
