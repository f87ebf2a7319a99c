import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "./helpers.ts";
import { localImage, removeImage } from "./podman-image.ts";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./tasks/task-engine.ts";

const local = localImage();
const reason = "without" in local ? ` (${local.without})` : "";
const image = "image" in local ? local.image : "";
const step = (name: string, script: string, more: Json = {}): Json => ({
  name,
  image,
  script,
  ...more,
});

// Containers take their time to start.
const patience = 60_000;

(reason === "" ? describe : describe.skip)(`steps in containers of podman${reason}`, () => {
  let engine: TaskEngine;
  const mine = (): string =>
    execFileSync(
      "podman",
      ["ps", "--all", "--filter", `ancestor=${image}`, "--format", "{{.Names}}"],
      {
        encoding: "utf8",
      },
    ).trim();
  beforeAll(async () => {
    engine = await startTaskEngine({
      isolation: "podman",
      secrets: { token: { key: "hush-hush" } },
      configMaps: { settings: { colour: "blue" } },
    });
  });
  afterAll(async () => {
    await engine.close();
    removeImage();
  });

  const resultsOf = async (name: string, taskSpec: Json, spec?: Json) => {
    const run = await engine.task(name, taskSpec, spec);
    expect(ending(run)).toBe("True Succeeded");
    return Object.fromEntries(
      (run.status.results ?? []).map(({ name: key, value }) => [key, value]),
    );
  };

  test(
    "have their workspaces, volumes, params and results at Tekton's paths",
    async () => {
      const results = await resultsOf(
        "places",
        {
          params: [{ name: "list", type: "array" }],
          workspaces: [{ name: "source" }, { name: "settings", readOnly: true }],
          results: [{ name: "places" }, { name: "args" }, { name: "read" }],
          volumes: [{ name: "v", emptyDir: {} }],
          steps: [
            step(
              "write",
              'echo kept > file; echo here > /v/file; printf "%s," "$PWD" "$@" > $(results.args.path)',
              {
                workingDir: "$(workspaces.source.path)/new",
                volumeMounts: [{ name: "v", mountPath: "/v" }],
                args: ["$(params.list[*])"],
              },
            ),
            step(
              "read",
              "cat $(workspaces.source.path)/new/file /v/file > $(results.read.path); touch $(workspaces.settings.path)/x && exit 1; printf '%s' $(workspaces.settings.path) > $(results.places.path)",
              { volumeMounts: [{ name: "v", mountPath: "/v" }] },
            ),
          ],
        },
        {
          params: [{ name: "list", value: ["one", "two words"] }],
          workspaces: [
            { name: "source", emptyDir: {} },
            { name: "settings", configMap: { name: "settings" } },
          ],
        },
      );
      expect(results).toEqual({
        args: "/workspace/source/new,one,two words,",
        read: "kept\nhere\n",
        places: "/workspace/settings",
      });
    },
    patience,
  );

  test(
    "get every variable as it is, also what podman itself has under that name",
    async () => {
      const env = [
        { name: "LINES_", value: "one\ntwo" },
        { name: "TERM", value: "three\nfour" },
        { name: "LANG", value: "five 'six' $seven" },
        { name: "TOKEN", valueFrom: { secretKeyRef: { name: "token", key: "key" } } },
      ];
      const script = `printf '%s|' "$LINES_" "$TERM" "$LANG" "$TOKEN" "$HOME" > $(results.env.path)`;
      const spec = { results: [{ name: "env" }], steps: [step("s", script, { env })] };
      expect(await resultsOf("variables", spec)).toEqual({
        env: "one\ntwo|three\nfour|five 'six' $seven|hush-hush|/tekton/home|",
      });
    },
    patience,
  );

  test(
    "run the image's own command where they have none, and what they write is the log",
    async () => {
      const run = await engine.task("of-the-image", { steps: [{ name: "s", image }] });
      expect(ending(run)).toBe("True Succeeded");
      expect(await engine.logOf(run, "step-s")).toBe("from-the-image\n");
    },
    patience,
  );

  test(
    "wait for a sidecar that podman looks into, and end as they are told",
    async () => {
      const volumeMounts = [{ name: "v", mountPath: "/v" }];
      const spec = {
        volumes: [{ name: "v", emptyDir: {} }],
        results: [{ name: "code" }],
        sidecars: [
          step("helper", "touch /v/up; sleep 600", {
            volumeMounts,
            readinessProbe: { periodSeconds: 1, exec: { command: ["test", "-e", "/v/up"] } },
          }),
        ],
        steps: [
          step("fails", "test -e /v/up && exit 7", { volumeMounts, onError: "continue" }),
          step("after", "cat $(steps.step-fails.exitCode.path) > $(results.code.path)"),
        ],
      };
      expect(await resultsOf("sidecar", spec)).toEqual({ code: "7" });
    },
    patience,
  );

  test(
    "leave no container behind after a timeout or when they are cancelled",
    async () => {
      const late = await engine.task("late", {
        steps: [step("s", "sleep 600", { timeout: "1s" })],
      });
      expect(ending(late)).toMatch(/^False StepFailed: .*exceeded the specified timeout limit/);
      engine.begin("stopped", { steps: [step("s", "sleep 600")] });
      await until(() => mine() !== "");
      engine.stopAll("Cancelled");
      await engine.finished("stopped");
      expect(ending(engine.store.taskRuns.get("stopped")!)).toMatch(/^False TaskRunCancelled: /);
      await until(() => mine() === "");
    },
    patience,
  );
});
