import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "../../src/runner/isolation/find-program.ts";
import { killGroup, startReaper } from "../../src/runner/reaper.ts";
import type { PipelineRunObject } from "../../src/runner/types.ts";
import { startTestEngine, until, type TestEngine } from "./helpers.ts";

type Json = Record<string, unknown>;

function pipelineRun(name: string, pipelineSpec: Json, spec: Json = {}): string {
  return JSON.stringify({
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { name },
    spec: { pipelineSpec, ...spec },
  });
}

const step = (script: string, more: Json = {}): Json => ({ name: "s", script, ...more });
const task = (name: string, script: string, more: Json = {}, spec: Json = {}): Json => ({
  name,
  taskSpec: { ...spec, steps: [step(script)] },
  ...more,
});

/** A task that prints values which the pipeline gives it. */
const told = (name: string, value: readonly string[], more: Json = {}): Json => ({
  name,
  params: [{ name: "told", value }],
  taskSpec: {
    params: [{ name: "told", type: "array" }],
    steps: [step('echo "$@"', { args: ["$(params.told[*])"] })],
  },
  ...more,
});

function reasonOf(run: PipelineRunObject): string {
  const condition = run.status?.conditions[0];
  return `${condition?.status ?? ""} ${condition?.reason ?? ""}`;
}

function skipped(run: PipelineRunObject): Record<string, string> {
  return Object.fromEntries(
    (run.status?.skippedTasks ?? []).map(({ name, reason }) => [name, reason]),
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the engine", () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startTestEngine({
      secrets: { login: { password: "hunter2-long", short: "ab" } },
    });
  });
  afterEach(() => engine.close());

  const outcome = (name: string): string => {
    const condition = engine.store.taskRuns.get(name)?.status.conditions[0];
    return `${condition?.status ?? ""} ${condition?.reason ?? ""}`;
  };

  test("carries string, array and object results from task to task and to the run", async () => {
    const results = [
      { name: "s" },
      { name: "a", type: "array" },
      { name: "o", type: "object", properties: { k: {} } },
    ];
    const run = await engine.run(
      pipelineRun("results", {
        params: [{ name: "words", type: "array", default: ["x y", "z"] }],
        results: [
          { name: "all", value: "$(tasks.use.results.out)" },
          { name: "list", value: "$(tasks.make.results.a[*])" },
        ],
        tasks: [
          task(
            "make",
            `printf ' untrimmed\n' > $(results.s.path); printf '["p","q r"]' > $(results.a.path); printf '{"k":"v"}' > $(results.o.path)`,
            {},
            { results },
          ),
          {
            name: "use",
            params: [
              {
                name: "args",
                value: [
                  "$(params.words[*])",
                  "$(tasks.make.results.a[*])",
                  "$(tasks.make.results.o.k)",
                  "$(tasks.make.results.a[1])",
                ],
              },
              { name: "s", value: "$(tasks.make.results.s)" },
            ],
            taskSpec: {
              params: [{ name: "args", type: "array" }, { name: "s" }],
              results: [{ name: "out" }],
              steps: [
                {
                  name: "s",
                  env: [{ name: "S", value: "$(params.s)" }],
                  args: ["$(params.args[*])"],
                  script: `printf '<%s>' "$S" "$@" > $(results.out.path)`,
                },
              ],
            },
          },
        ],
      }),
    );
    expect(reasonOf(run)).toBe("True Succeeded");
    expect(run.status?.results).toEqual([
      { name: "all", value: "< untrimmed\n><x y><z><p><q r><v><q r>" },
      { name: "list", value: ["p", "q r"] },
    ]);
  });

  test("the first failing step skips the rest; onError continue does not", async () => {
    await engine.run(
      pipelineRun("steps", {
        tasks: [
          {
            name: "t",
            taskSpec: {
              steps: [
                { name: "forgiven", script: "exit 3", onError: "continue" },
                { name: "reader", script: "test $(cat $(steps.step-forgiven.exitCode.path)) = 3" },
                { name: "broken", script: "false; echo not reached" },
                { name: "never", script: "echo never" },
              ],
            },
          },
        ],
      }),
    );
    const status = engine.store.taskRuns.get("steps-t")?.status;
    expect(status?.steps?.map((one) => [one.container, one.terminated?.exitCode])).toEqual([
      ["step-forgiven", 3],
      ["step-reader", 0],
      ["step-broken", 1],
      ["step-never", 1],
    ]);
    expect(status?.steps?.at(-1)?.terminationReason).toBe("Skipped");
    expect(outcome("steps-t")).toBe("False StepFailed");
    expect(await engine.log("steps", "t", "step-broken")).toBe("");
  });

  test("when false skips the task and users of its results, not those that only run after it", async () => {
    const results = { results: [{ name: "r" }] };
    const run = await engine.run(
      pipelineRun("when", {
        tasks: [
          task("not", "true", { when: [{ input: "a", operator: "in", values: ["b"] }] }, results),
          task("after", "true", { runAfter: ["not"] }),
          task(
            "user",
            "true",
            { params: [{ name: "x", value: "$(tasks.not.results.r)" }] },
            { params: [{ name: "x" }] },
          ),
          task("child", "true", { runAfter: ["user"] }),
          task("cel", "true", { when: [{ cel: "'a' == 'b'" }] }),
        ],
        finally: [
          told("seen", ["$(tasks.status)", "$(tasks.after.status)", "$(tasks.not.status)"]),
        ],
      }),
    );
    expect(reasonOf(run)).toBe("True Completed");
    expect(skipped(run)).toEqual({
      not: "When Expressions evaluated to false",
      cel: "When Expressions evaluated to false",
      user: "Results were missing",
      child: "Parent Tasks were skipped",
    });
    expect(await engine.log("when", "seen", "step-s")).toBe("Completed Succeeded None\n");
  });

  test("after a failure those under way end, nothing new starts, and finally runs", async () => {
    const gate = join(engine.directory, "gate");
    const name = engine.start(
      pipelineRun("failing", {
        tasks: [
          task("long", `until [ -e ${gate} ]; do sleep 0.02; done; echo ended`),
          task("bad", "exit 7"),
          task("next", "true", { runAfter: ["long"] }),
        ],
        finally: [told("tidy", ["$(tasks.status)", "$(tasks.bad.reason)"])],
      }),
    );
    await until(() => outcome("failing-bad") === "False StepFailed");
    await writeFile(gate, "");
    await engine.finished(name);
    const run = engine.store.pipelineRuns.get(name)!;
    expect(reasonOf(run)).toBe("False Failed");
    expect(run.status?.conditions[0]?.message).toBe(
      "Tasks Completed: 3 (Failed: 1, Cancelled 0), Skipped: 1",
    );
    expect(await engine.log("failing", "long", "step-s")).toBe("ended\n");
    expect(skipped(run)).toEqual({ next: "PipelineRun was stopping" });
    expect(await engine.log("failing", "tidy", "step-s")).toBe("Failed StepFailed\n");
  });

  test("a retry is another attempt, and a failure that is ignored does not stop the run", async () => {
    const run = await engine.run(
      pipelineRun("retried", {
        tasks: [
          task(
            "flaky",
            'echo "attempt $(context.task.retry-count)"; test $(context.task.retry-count) = 2',
            { retries: 2 },
          ),
          task("ignored", "exit 1", { onError: "continue" }),
          task("next", "true", { runAfter: ["ignored"] }),
        ],
      }),
    );
    expect(reasonOf(run)).toBe("True Succeeded");
    expect(engine.store.taskRuns.get("retried-flaky")?.status.retriesStatus).toHaveLength(2);
    expect(await engine.readLog("retried-flaky-pod-retry1", "step-s")).toBe("attempt 1\n");
    expect(outcome("retried-ignored")).toBe("False FailureIgnored");
  });

  test("a result that a task should have given and did not ends the run with its reason", async () => {
    const run = await engine.run(
      pipelineRun("missing", {
        tasks: [
          task("make", "true", {}, { results: [{ name: "r" }] }),
          task(
            "use",
            "true",
            { params: [{ name: "x", value: "$(tasks.make.results.r)" }] },
            { params: [{ name: "x" }] },
          ),
        ],
        finally: [task("tidy", "true")],
      }),
    );
    expect(reasonOf(run)).toBe("False PipelineValidationFailed");
    expect(outcome("missing-tidy")).toBe("True Succeeded");
  });

  test.each([
    [
      "step",
      { steps: [step("sleep 600", { timeout: "100ms" })] },
      {},
      {},
      "False Failed",
      "False StepFailed",
    ],
    [
      "task",
      { steps: [step("sleep 600")] },
      { timeout: "100ms" },
      {},
      "False Failed",
      "False TaskRunTimeout",
    ],
    [
      "tasks",
      { steps: [step("sleep 600")] },
      {},
      { tasks: "100ms" },
      "False PipelineRunTimeout",
      "False TaskRunCancelled",
    ],
    [
      "pipeline",
      { steps: [step("sleep 600")] },
      {},
      { pipeline: "100ms" },
      "False PipelineRunTimeout",
      "False TaskRunCancelled",
    ],
  ])("the timeout of a %s ends it", async (_, taskSpec, more, timeouts, run, taskRun) => {
    const pipeline = {
      tasks: [{ name: "t", taskSpec, ...more }, task("next", "true", { runAfter: ["t"] })],
    };
    const ended = await engine.run(pipelineRun("late", pipeline, { timeouts }));
    expect(reasonOf(ended)).toBe(run);
    expect(outcome("late-t")).toBe(taskRun);
    expect(engine.store.taskRuns.get("late-next")).toBeUndefined();
  });

  test.each([
    ["Cancelled", "False TaskRunCancelled", " "],
    ["CancelledRunFinally", "False TaskRunCancelled", "True Succeeded"],
  ] as const)("%s kills the whole process group at once", async (mode, taskRun, lastly) => {
    const pids = join(engine.directory, "pids");
    const name = engine.start(
      pipelineRun("stopped", {
        tasks: [task("t", `sleep 601 & echo $! $$ > ${pids}.new; mv ${pids}.new ${pids}; wait`)],
        finally: [task("tidy", "true")],
      }),
    );
    await until(() => existsSync(pids));
    const processes = (await readFile(pids, "utf8")).trim().split(" ").map(Number);
    expect(processes.every(alive)).toBe(true);
    engine.stop(name, mode);
    await engine.finished(name);
    await until(() => !processes.some(alive));
    expect(reasonOf(engine.store.pipelineRuns.get(name)!)).toBe("False Cancelled");
    expect([outcome("stopped-t"), outcome("stopped-tidy")]).toEqual([taskRun, lastly]);
  });

  test("StoppedRunFinally lets those under way end", async () => {
    const gate = join(engine.directory, "gate");
    const name = engine.start(
      pipelineRun("graceful", {
        tasks: [
          task("t", `echo begun; until [ -e ${gate} ]; do sleep 0.02; done`),
          task("next", "true", { runAfter: ["t"] }),
        ],
        finally: [task("tidy", "true")],
      }),
    );
    await until(async () => (await engine.log(name, "t", "step-s")) === "begun\n");
    engine.stop(name, "StoppedRunFinally");
    await writeFile(gate, "");
    await engine.finished(name);
    expect([outcome("graceful-t"), outcome("graceful-tidy")]).toEqual([
      "True Succeeded",
      "True Succeeded",
    ]);
    expect(reasonOf(engine.store.pipelineRuns.get(name)!)).toBe("False Cancelled");
    expect(skipped(engine.store.pipelineRuns.get(name)!)).toEqual({
      next: "PipelineRun was gracefully stopped",
    });
  });

  test("a process left in the background dies with its step", async () => {
    const file = join(engine.directory, "pid");
    await engine.run(pipelineRun("left", { tasks: [task("t", `sleep 602 & echo $! > ${file}`)] }));
    const pid = Number(await readFile(file, "utf8"));
    await until(() => !alive(pid));
  });

  test("steps see nothing of the runner's environment, and secrets are masked in logs", async () => {
    process.env["OF_THE_RUNNER"] = "leaked";
    const spec = {
      tasks: [
        {
          name: "t",
          workspaces: [{ name: "login" }],
          taskSpec: {
            workspaces: [{ name: "login" }],
            steps: [
              {
                name: "s",
                env: [
                  {
                    name: "PASSWORD",
                    valueFrom: { secretKeyRef: { name: "login", key: "password" } },
                  },
                ],
                script: 'env; cat $(workspaces.login.path)/password; printf " %s\n" "$PASSWORD"',
              },
            ],
          },
        },
      ],
      workspaces: [{ name: "login" }],
    };
    await engine.run(
      pipelineRun("env", spec, {
        workspaces: [{ name: "login", secret: { secretName: "login" } }],
      }),
    );
    delete process.env["OF_THE_RUNNER"];
    const log = await engine.log("env", "t", "step-s");
    const names = log.split("\n").flatMap((line) => /^([A-Za-z_]+)=/.exec(line)?.[1] ?? []);
    // What a shell sets of its own accord depends on the shell.
    const told = names.filter((name) => !["PWD", "SHLVL", "_"].includes(name));
    expect(told.sort()).toEqual(["HOME", "PASSWORD", "PATH"]);
    expect(log).not.toContain("hunter2");
    expect(log).toContain("***** *****");
    expect(await readdir(join(engine.directory, "tasks"))).toEqual([]);
  });

  test("workspaces: a claim outlives runs, emptyDir and a template's claim do not cross them", async () => {
    const declared = ["claim", "empty", "template", "optional"];
    const spec = {
      workspaces: declared.map((name) => ({ name, optional: name === "optional" })),
      tasks: ["a", "b"].map((name) => ({
        name,
        ...(name === "b" && { runAfter: ["a"] }),
        workspaces: declared.map((one) => ({ name: one, workspace: one })),
        taskSpec: {
          workspaces: declared.map((one) => ({ name: one, optional: one === "optional" })),
          steps: [
            step(
              declared
                .slice(0, 3)
                .map(
                  (one) =>
                    `echo x >> $(workspaces.${one}.path)/f; wc -l < $(workspaces.${one}.path)/f`,
                )
                .join("\n") + '\necho "$(workspaces.optional.bound)<$(workspaces.optional.path)>"',
            ),
          ],
        },
      })),
    };
    const workspaces = [
      { name: "claim", persistentVolumeClaim: { claimName: "kept" }, subPath: "below/here" },
      { name: "empty", emptyDir: {} },
      { name: "template", volumeClaimTemplate: { spec: {} } },
    ];
    for (const name of ["one", "two"]) await engine.run(pipelineRun(name, spec, { workspaces }));
    expect(await engine.log("one", "b", "step-s")).toBe("2\n1\n2\nfalse<>\n");
    expect(await engine.log("two", "b", "step-s")).toBe("4\n1\n2\nfalse<>\n");
    expect(existsSync(join(engine.directory, "volumes", "kept", "below", "here", "f"))).toBe(true);
  });

  test.each([
    [{ persistentVolumeClaim: { claimName: "../../escape" } }, "is no name of a claim"],
    [{ persistentVolumeClaim: { claimName: "c" }, subPath: "../x" }, "leads out of its volume"],
    [{ secret: { secretName: "none" } }, 'there is no secret "none"'],
  ])("the workspace %j is refused", async (binding, message) => {
    const spec = {
      workspaces: [{ name: "w" }],
      tasks: [
        { ...task("t", "true", {}, { workspaces: [{ name: "w" }] }), workspaces: [{ name: "w" }] },
      ],
    };
    await engine.run(pipelineRun("bad", spec, { workspaces: [{ name: "w", ...binding }] }));
    expect(engine.store.taskRuns.get("bad-t")?.status.conditions[0]?.message).toContain(message);
  });

  test("a result that is too large or of another type is not taken", async () => {
    const results = { results: [{ name: "r" }] };
    const run = await engine.run(
      pipelineRun("odd", {
        results: [{ name: "large", value: "$(tasks.large.results.r)" }],
        tasks: [
          task(
            "large",
            "head -c 5000 /dev/zero > $(results.r.path)",
            { onError: "continue" },
            results,
          ),
          task(
            "typed",
            "echo text > $(results.r.path)",
            { onError: "continue" },
            { results: [{ name: "r", type: "array" }] },
          ),
        ],
      }),
    );
    expect(run.status?.results).toBeUndefined();
    expect([outcome("odd-large"), outcome("odd-typed")]).toEqual([
      "False FailureIgnored",
      "False TaskRunValidationFailed",
    ]);
  });

  test.each([
    [
      "custom tasks",
      { tasks: [{ name: "t", taskRef: { apiVersion: "example.com/v1", kind: "Wait" } }] },
      "spec.tasks[0].taskRef (the custom task example.com/v1 Wait)",
    ],
    [
      "mounts in plain processes",
      {
        tasks: [
          {
            name: "t",
            taskSpec: {
              volumes: [{ name: "v", emptyDir: {} }],
              steps: [{ ...step("true"), volumeMounts: [{ name: "v", mountPath: "/v" }] }],
            },
          },
        ],
      },
      'task "t": spec.steps[0].volumeMounts',
    ],
    [
      "volumes of other kinds",
      { tasks: [task("t", "true", {}, { volumes: [{ name: "v", hostPath: { path: "/" } }] })] },
      'task "t": spec.volumes[0].hostPath',
    ],
    [
      "entrypoints of sidecars",
      { tasks: [task("t", "true", {}, { sidecars: [{ name: "x", image: "registry/x" }] })] },
      'task "t": spec.sidecars[0] (without script',
    ],
    [
      "unknown StepActions",
      { tasks: [{ name: "t", taskSpec: { steps: [{ ref: { name: "x" } }] } }] },
      'spec: step "unnamed-0": there is no StepAction "x"',
    ],
    [
      "entrypoints of images",
      { tasks: [{ name: "t", taskSpec: { steps: [{ image: "x" }] } }] },
      'spec.steps[0] (without script or command: the entrypoint of the image "x")',
    ],
    [
      "other resolvers",
      { tasks: [{ name: "t", taskRef: { resolver: "hub" } }] },
      "spec.tasks[0].taskRef.resolver (hub)",
    ],
  ])("%s are refused by name before anything starts", async (_, spec, place) => {
    const first = task("first", "true");
    const run = await engine.run(
      pipelineRun("unsupported", { ...spec, tasks: [...spec.tasks, first] }),
    );
    expect(reasonOf(run)).toBe("False PipelineValidationFailed");
    expect(run.status?.conditions[0]?.message).toContain(place);
    expect(engine.store.taskRuns.list()).toEqual([]);
  });

  const withoutCrane = findProgram("crane") === undefined ? test : test.skip;
  withoutCrane("so is an image whose program this machine has not", async () => {
    const image = "gcr.io/go-containerregistry/crane";
    const tasks = [{ name: "t", taskSpec: { steps: [{ image, args: ["digest", "x"] }] } }];
    const run = await engine.run(pipelineRun("no-crane", { tasks }));
    expect(run.status?.conditions[0]?.message).toContain(
      `spec.steps[0] (without script or command: crane, the entrypoint of "${image}", is not on this machine)`,
    );
  });

  test.each([
    [
      "PipelineInvalidGraph",
      { tasks: [task("a", "true", { runAfter: ["b"] }), task("b", "true", { runAfter: ["a"] })] },
    ],
    ["PipelineInvalidGraph", { tasks: [task("a", "true", { runAfter: ["none"] })] }],
    ["ParameterMissing", { params: [{ name: "p" }], tasks: [task("a", "true")] }],
    ["CouldntGetTask", { tasks: [{ name: "a", taskRef: { name: "none" } }] }],
    ["InvalidWorkspaceBindings", { workspaces: [{ name: "w" }], tasks: [task("a", "true")] }],
    [
      "InvalidTaskResultReference",
      {
        tasks: [
          task("a", "true"),
          task("b", "true", { params: [{ name: "x", value: "$(tasks.a.results.r)" }] }),
        ],
      },
    ],
  ])("a wrong definition ends with %s", async (reason, spec) => {
    expect(reasonOf(await engine.run(pipelineRun("wrong", spec)))).toBe(`False ${reason}`);
  });

  test("an object that is missing is told with what to do", async () => {
    const spec = { tasks: [{ name: "a", taskRef: { name: "none" } }] };
    const run = await engine.run(pipelineRun("missing", spec));
    expect(run.status?.conditions[0]?.message).toBe(
      'task "a": there is no Task "none" here. Create it first, or give its file to `okd-streams run` with one more -f.',
    );
  });

  test("a name is used once", async () => {
    const yaml = pipelineRun("once", { tasks: [task("t", "true")] });
    await engine.run(yaml);
    expect(() => engine.start(yaml)).toThrow("already exists");
  });
});

describe("isolation in namespaces", () => {
  test("a step sees /workspace and /tekton, its own processes, and no home directory", async () => {
    const engine = await startTestEngine({ isolation: "auto" });
    const name = engine.start(
      pipelineRun("isolated", {
        tasks: [
          task(
            "t",
            'pwd; ls -A /home /root /var/tmp; touch /usr/x || :; echo ok > /tekton/results/r; ls /proc | grep -c "^[0-9]"',
            {},
            { results: [{ name: "r" }] },
          ),
        ],
      }),
    );
    await engine.finished(name);
    const log = await engine.log(name, "t", "step-s");
    const kind = engine.isolation;
    await engine.close();
    if (kind === "process") return;
    expect(log).toMatch(/^\/workspace\n\/home:\n\n\/root:\n\n\/var\/tmp:\ntouch: .*\n[1-6]\n$/);
  });
});

test("what the reaper still lists dies when the pipe from the runner ends, as it does at kill -9", async () => {
  const reaper = startReaper();
  const children = ["kept", "ended"].map(() => spawn("sleep", ["603"], { detached: true }));
  const [kept, ended] = children.map(({ pid }) => pid!);
  reaper.add(kept!);
  reaper.add(ended!);
  reaper.remove(ended!);
  reaper.close();
  await until(() => !alive(kept!));
  expect(alive(ended!)).toBe(true);
  killGroup(ended!);
  await until(() => !alive(ended!));
});
