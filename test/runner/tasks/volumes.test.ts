import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseIsolation } from "../../../src/runner/isolation/choose-isolation.ts";
import { until } from "../helpers.ts";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./task-engine.ts";

const say = (script: string, mounts: readonly Json[] = [], more: Json = {}): Json => ({
  name: "s",
  script,
  volumeMounts: mounts,
  ...more,
});
const at = (name: string, mountPath: string, more: Json = {}): Json => ({
  name,
  mountPath,
  ...more,
});

let engine: TaskEngine;
beforeAll(async () => {
  engine = await startTaskEngine({
    isolation: "auto",
    secrets: { login: { user: "ada", key: "k1" } },
    configMaps: {
      site: { "a.txt": "A\n", "b.txt": "B\n" },
      binary: { bytes: Buffer.from([0, 1, 255, 128]) },
    },
  });
});
afterAll(() => engine.close());

/** Where this machine allows no namespaces, volumes cannot be had, and these tests are shown as skipped. */
const scratch = mkdtempSync(join(tmpdir(), "okd-streams-"));
const withMounts = chooseIsolation("auto", scratch).kind === "process" ? test.skip : test;
rmSync(scratch, { recursive: true, force: true });

test("in plain processes a volume is refused by the place of its mount, before anything starts", async () => {
  const plain = await startTaskEngine({ isolation: "process" });
  const run = await plain.task("plain", {
    volumes: [{ name: "e", emptyDir: {} }],
    steps: [say("true"), { ...say("true", [at("e", "/e")]), name: "t" }],
  });
  await plain.close();
  expect(ending(run)).toContain(
    "the task's spec.steps[1].volumeMounts (in plain processes: use --isolation namespace)",
  );
});

withMounts(
  "volumes stand at any path, in directories of the system too, whole or one file of them",
  async () => {
    const run = await engine.task("anywhere", {
      volumes: [{ name: "c", configMap: { name: "site" } }],
      steps: [
        say(
          "cat /etc/app/conf.d/a.txt /etc/one.conf /usr/share/own/b.txt '/new/with space/a.txt'; test -f /etc/passwd; ls /usr/share | grep -qc .",
          [
            at("c", "/etc/app/conf.d"),
            at("c", "/etc/one.conf", { subPath: "b.txt" }),
            at("c", "/usr/share/own"),
            at("c", "/new/with space"),
          ],
        ),
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe("A\nB\nB\nA\n");
  },
);

withMounts(
  "an emptyDir is shared by the steps of a run, at a path of each one's own, and read-only where asked",
  async () => {
    const run = await engine.task("shared", {
      volumes: [{ name: "e", emptyDir: {} }],
      steps: [
        { ...say("echo one >/a/f", [at("e", "/a")]), name: "write" },
        {
          ...say("cat /b/f; echo x >/b/g || echo fixed", [at("e", "/b", { readOnly: true })]),
          name: "read",
        },
        { ...say("test ! -e /a", []), name: "other" },
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-read")).toMatch(/^one\n.*Read-only.*\nfixed\n$/);
  },
);

withMounts("a volume without a source is an empty directory that may be written to", async () => {
  const run = await engine.task("plain", {
    volumes: [{ name: "v" }],
    steps: [say("echo x >/v/f", [at("v", "/v")])],
  });
  expect(ending(run)).toBe("True Succeeded");
});

withMounts(
  "the volume of a workspace may be mounted by the name that a variable gives it",
  async () => {
    const mount = at("$(workspaces.w.volume)", "/again");
    const run = await engine.task(
      "by-variable",
      {
        workspaces: [{ name: "w" }],
        steps: [say("echo in >$(workspaces.w.path)/f; cat /again/f", [mount])],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
  },
);

withMounts(
  "a projected volume joins keys of secrets, config maps and the pod's fields, with modes",
  async () => {
    const sources = [
      { secret: { name: "login", items: [{ key: "key", path: "keys/own", mode: 0o400 }] } },
      { configMap: { name: "site", items: [{ key: "a.txt", path: "a" }] } },
      { downwardAPI: { items: [{ path: "name", fieldRef: { fieldPath: "metadata.name" } }] } },
      { secret: { name: "gone", optional: true } },
    ];
    const run = await engine.task("projected", {
      volumes: [{ name: "p", projected: { sources } }],
      steps: [say("cd /p; cat keys/own a name; stat -c ' %a' keys/own a; ls", [at("p", "/p")])],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe("k1A\nprojected-pod 400\n 644\na\nkeys\nname\n");
  },
);

withMounts(
  "names of volumes may have variables, and a volume that is missing is named",
  async () => {
    const volumes = [{ name: "v", configMap: { name: "$(params.map)" } }];
    const spec = {
      params: [{ name: "map" }],
      volumes,
      steps: [say("cat /v/a.txt", [at("v", "/v")])],
    };
    const known = await engine.task("known", spec, { params: [{ name: "map", value: "site" }] });
    expect(ending(known)).toBe("True Succeeded");
    const gone = await engine.task("gone", spec, { params: [{ name: "map", value: "none" }] });
    expect(ending(gone)).toContain('volume "v": there is no config map "none"');
  },
);

withMounts(
  "an isolated workspace is seen by those alone that name it, at their own path",
  async () => {
    const run = await engine.task(
      "isolated",
      {
        workspaces: [{ name: "w" }],
        steps: [
          {
            name: "user",
            script: "echo in >$(workspaces.w.path)/f; test -f /mine/f",
            workspaces: [{ name: "w", mountPath: "/mine" }],
          },
          { name: "other", script: "test ! -e $(workspaces.w.path)/f; test ! -e /mine" },
        ],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
  },
);

withMounts(
  "a step may read what earlier ones left below /tekton, and write only what is its own",
  async () => {
    const run = await engine.task("fixed", {
      results: [{ name: "r" }],
      steps: [
        { name: "first", script: "exit 2", onError: "continue" },
        {
          name: "second",
          script:
            "cat /tekton/steps/step-first/exitCode; for f in /tekton/run/0/x /tekton/steps/0/exitCode /tekton/scripts/x /tekton/run/1/status/exitCode; do if (echo 9 >$f) 2>/dev/null; then exit 1; fi; done; echo ok >/tekton/results/r",
        },
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-second")).toBe("2\n");
  },
);

withMounts("a step can neither take the read-only off the system, nor leave its root", async () => {
  const run = await engine.task("jailed", {
    steps: [
      say(
        `if mount -o remount,rw,bind /usr; then exit 1; fi
         ls -A /.host /home
         id -u; echo 127.0.0.1 local >/tmp/hosts; test ! -e ${engine.directory}`,
      ),
    ],
  });
  expect(ending(run)).toBe("True Succeeded");
});

withMounts("a working directory that is missing is made", async () => {
  const run = await engine.task("far", {
    steps: [say("pwd", [], { workingDir: "/a/path/too/far" })],
  });
  expect(await engine.logOf(run, "step-s")).toBe("/a/path/too/far\n");
});

withMounts(
  "nothing that a step left behind goes on, however it hid, and its directories are gone",
  async () => {
    const run = await engine.task("strays", {
      steps: [say("setsid sh -c 'exec sleep 7531' >/dev/null 2>&1 & sleep 0.1")],
    });
    expect(ending(run)).toBe("True Succeeded");
    await until(async () => !(await commandLines()).includes("sleep 7531"));
    expect(existsSync(`${engine.directory}/tasks/${run.metadata.uid}-0`)).toBe(false);
  },
);

async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(lines)).map((line) => line.replaceAll("\0", " ").trim());
}

withMounts("bytes that are no text are in a volume as they are", async () => {
  const run = await engine.task("bytes", {
    volumes: [{ name: "b", configMap: { name: "binary" } }],
    steps: [say("od -An -tx1 < /b/bytes", [at("b", "/b")])],
  });
  expect(await engine.logOf(run, "step-s")).toBe(" 00 01 ff 80\n");
});
