import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory, until } from "../helpers.ts";
import { ending, startTaskEngine, type TaskEngine } from "../tasks/task-engine.ts";

/** Answers as podman does for an image that is here, one that can be had, one that can't and one that never comes. */
const podman = `#!/bin/sh
echo "$*" >> "$PODMAN_CALLS"
case "$*" in
  "image exists here") exit 0 ;;
  "image exists "*) exit 1 ;;
  "pull --quiet none") echo "Trying to pull none..." >&2; echo "Error: no such host" >&2; exit 125 ;;
  "pull --quiet endless") exec sleep 1000 ;;
esac
`;

describe("images for podman", () => {
  const before = { ...process.env };
  let directory: string;
  let calls: string;
  let engine: TaskEngine;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    calls = join(directory, "calls");
    writeFileSync(join(directory, "podman"), podman, { mode: 0o755 });
    process.env["PATH"] = `${directory}:${process.env["PATH"]}`;
    process.env["PODMAN_CALLS"] = calls;
    engine = await startTaskEngine({ isolation: "podman" });
  });
  afterAll(async () => {
    await engine.close();
    process.env = before;
    await rm(directory, { recursive: true });
  });
  beforeEach(() => rmSync(calls, { force: true }));

  const called = (): readonly string[] =>
    existsSync(calls) ? readFileSync(calls, "utf8").split("\n") : [];
  const pulled = (): readonly string[] => called().filter((line) => line.startsWith("pull "));
  const ran = (): readonly string[] => called().filter((line) => line.startsWith("run "));
  const step = (image: string) => ({ name: image, image, command: ["true"] });

  test("are brought here once each, before the first step starts", async () => {
    const spec = {
      stepTemplate: { image: "$(params.image)" },
      params: [{ name: "image", default: "there" }],
      steps: [step("here"), { name: "templated", command: ["true"] }],
      sidecars: [{ name: "helper", image: "third", command: ["true"] }],
    };
    expect(ending(await engine.task("brought", spec))).toBe("True Succeeded");
    expect(pulled()).toEqual(["pull --quiet there", "pull --quiet third"]);
    const first = called().findIndex((line) => line.startsWith("run "));
    expect(
      called()
        .slice(first)
        .filter((line) => line.startsWith("pull ")),
    ).toEqual([]);
    expect(ran()).toHaveLength(3);
    await engine.task("again", spec);
    expect(pulled()).toHaveLength(2);
  });

  test("that can't be had end the TaskRun in Tekton's words, and no step starts", async () => {
    const run = await engine.task("refused", { steps: [step("here"), step("none")] });
    expect(ending(run)).toBe(
      'False TaskRunImagePullFailed: the step "none" in TaskRun "refused" failed to pull the image "none". The pod errored with the message: "Error: no such host."',
    );
    expect(ran()).toEqual([]);
  });

  test("that never come end with the TaskRun", async () => {
    engine.begin("endless", { steps: [step("endless")] });
    await until(() => pulled().length === 1);
    engine.stopAll("Cancelled");
    await engine.finished("endless");
    expect(ending(engine.store.taskRuns.get("endless")!)).toContain("TaskRunCancelled");
    expect(ran()).toEqual([]);
  });
});
