import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./task-engine.ts";

const results = [{ name: "r" }];
const leaving = (script: string): Json => ({ results, steps: [{ name: "s", script }] });

describe.each(["process", "auto"] as const)("result files, isolation %s", (isolation) => {
  let engine: TaskEngine;
  beforeEach(async () => {
    engine = await startTaskEngine({ isolation });
  });
  afterEach(() => engine.close());

  test.each([
    ["a file elsewhere", 'printf a >"$HOME/f"; ln -s "$HOME/f" $(results.r.path)'],
    ["a file beside it", "cd $(dirname $(results.r.path)); printf a >o; ln -s ./o r"],
    [
      "a link through a directory",
      'mkdir "$HOME/d"; printf a >"$HOME/f"; ln -s ../f "$HOME/d/l"; ln -s "$HOME/d/../d/l" $(results.r.path)',
    ],
  ])("that link to %s", async (_name, script) => {
    const run = await engine.task("linked", leaving(script));
    expect(ending(run)).toBe("True Succeeded");
    expect(run.status.results).toEqual([{ name: "r", type: "string", value: "a" }]);
  });

  test("that link to a file of the system", async () => {
    const run = await engine.task("system", leaving("ln -s /etc/hostname $(results.r.path)"));
    const value = await readFile("/etc/hostname", "utf8");
    expect(run.status.results).toEqual([{ name: "r", type: "string", value }]);
  });

  test("that link to nothing are not there", async () => {
    const run = await engine.task("none", leaving('ln -s "$HOME/none" $(results.r.path)'));
    expect(ending(run)).toBe("True Succeeded");
    expect(run.status.results).toBeUndefined();
  });

  test.each([
    ["mkdir $(results.r.path)", "it is a directory"],
    ['ln -s "$HOME" $(results.r.path)', "it is a directory"],
    ["mkfifo $(results.r.path)", "it is no file"],
    ["cd $(dirname $(results.r.path)); ln -s r q; ln -s q r", "its links lead to each other"],
  ])("that cannot be read end the task: %s", async (script, why) => {
    const run = await engine.task("unread", leaving(`${script}\nexit 0`));
    expect(ending(run)).toMatch(/^False StepFailed: "step-s": result "r": .*results\/r cannot be/);
    expect(ending(run)).toContain(why);
    expect(run.status.steps?.[0]?.terminated).toMatchObject({ exitCode: 1, reason: "Error" });
  });

  test("that cannot be read end the task where a failure would not", async () => {
    const run = await engine.task("goes-on", {
      results,
      steps: [
        { name: "s", script: "mkdir $(results.r.path); exit 3", onError: "continue" },
        { name: "t", script: "true" },
      ],
    });
    expect(ending(run)).toContain("it is a directory");
  });
});

test("a link gives nothing of this machine that the step could not see", async () => {
  const engine = await startTaskEngine({ isolation: "auto" });
  try {
    const secret = join(engine.directory, "secret");
    await writeFile(secret, "not for steps");
    const run = await engine.task("curious", leaving(`ln -s ${secret} $(results.r.path)`));
    if (engine.isolation === "process") return;
    expect(ending(run)).toContain(`it leads to ${secret}, which is gone`);
    expect(JSON.stringify(run)).not.toContain("not for steps");
  } finally {
    await engine.close();
  }
});
