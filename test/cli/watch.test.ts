import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { watchRoots } from "../../src/cli/watch.ts";
import { ProblemError } from "../../src/problem.ts";

let root: string;
let told: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "okd-streams-watch-"));
  mkdirSync(join(root, "streams"));
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

/** Watches, does the next step after each look, and gives how often it looked. */
async function lookAfter(steps: readonly (() => void)[]): Promise<number> {
  const stop = new AbortController();
  let looks = 0;
  await watchRoots(
    [root],
    () => {
      const step = steps[looks];
      looks += 1;
      if (step === undefined) stop.abort();
      else step();
      return Promise.resolve();
    },
    stop.signal,
  );
  return looks;
}

const write = (path: string) => writeFileSync(join(root, path), `${Math.random()}\n`);

describe("watching", () => {
  test.each([
    ["a new file", [() => write("streams/edge.yaml")]],
    [
      "a file in a new folder",
      [
        () => mkdirSync(join(root, "streams/a/b"), { recursive: true }),
        () => write("streams/a/b/c.yaml"),
      ],
    ],
    [
      "a folder that was not there",
      [
        () => mkdirSync(join(root, "tekton/tasks"), { recursive: true }),
        () => write("tekton/tasks/a.yaml"),
      ],
    ],
    [
      "the settings",
      [() => mkdirSync(join(root, ".github")), () => write(".github/okd-streams.yml")],
    ],
    [
      "a folder that is replaced",
      [
        () => {
          renameSync(join(root, "streams"), join(root, "old"));
          mkdirSync(join(root, "streams"));
        },
        () => write("streams/edge.yaml"),
      ],
    ],
  ])("sees %s", async (_name, steps) => {
    expect(await lookAfter(steps)).toBe(steps.length + 1);
  });

  test("goes on after a problem", async () => {
    const stop = new AbortController();
    let looks = 0;
    const look = (): Promise<void> => {
      looks += 1;
      if (looks === 2) stop.abort();
      else write("streams/edge.yaml");
      return Promise.reject(new ProblemError({ kind: "invalid", what: "It is wrong." }));
    };
    await watchRoots([root], look, stop.signal);
    expect(looks).toBe(2);
    expect(told).toContain("okd-streams: It is wrong.\n");
  });
});
