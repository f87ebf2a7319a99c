import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";

const main = join(packageRoot, "lib/cli/main.js");
let directory: string;
let temporary: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "okd-streams-closed-"));
  temporary = mkdtempSync(join(directory, "tmp-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const lastly = (): boolean => existsSync(join(directory, "lastly"));

/** Runs a pipeline whose task has this script, and whose finally task leaves a file. */
function run(script: string, stdout: "pipe" | number, stderr: "pipe" | number): ChildProcess {
  const task = (name: string, text: string): object => ({
    name,
    taskSpec: { steps: [{ name: "s", image: "x", script: text }] },
  });
  const object = {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { name: "told" },
    spec: {
      pipelineSpec: {
        tasks: [task("t", script)],
        finally: [task("lastly", `touch ${directory}/lastly`)],
      },
    },
  };
  const file = join(directory, "run.json");
  writeFileSync(file, JSON.stringify(object));
  return spawn(process.execPath, [main, "run", "--isolation", "process", "--logs", "-f", file], {
    stdio: ["ignore", stdout, stderr],
    env: { ...process.env, TMPDIR: temporary },
  });
}

const endless = "while :; do echo tick; sleep 0.05; done";

test("a command whose output nobody reads any more ends without a word", async () => {
  const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  child.stdout.destroy();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  await closed;
  expect(said).toBe("");
  expect(child.exitCode).toBe(141);
});

test("a run is cancelled as by Ctrl-C when nobody reads its logs any more", async () => {
  const child = run(endless, "pipe", "pipe");
  const over = once(child, "exit");
  child.stderr?.once("data", () => {
    child.stderr?.destroy();
    child.stdout?.destroy();
  });
  await over;
  expect(child.exitCode).toBe(141);
  expect(lastly()).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
});

test("a run whose result nobody reads leaves nothing behind", async () => {
  const child = run("true", "pipe", "pipe");
  child.stdout?.destroy();
  child.stderr?.resume();
  await once(child, "exit");
  expect(child.exitCode).toBe(141);
  expect(lastly()).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
});

test("a full disk is told, and a run whose logs it takes no more is cancelled", async () => {
  const full = openSync("/dev/full", "w");
  const finished = run("true", full, "pipe");
  const [said] = await Promise.all([text(finished.stderr!), once(finished, "close")]);
  expect(said).toContain("okd-streams: The output cannot be written: ENOSPC");
  expect(said).not.toMatch(/^ +at /m);
  expect(finished.exitCode).toBe(2);
  const endlessRun = run(endless, "pipe", full);
  endlessRun.stdout?.resume();
  await once(endlessRun, "close");
  closeSync(full);
  expect(endlessRun.exitCode).toBe(2);
  expect(lastly()).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
});
