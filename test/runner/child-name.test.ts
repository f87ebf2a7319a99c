import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { childName } from "../../src/runner/child-name.ts";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const long = "a-pipeline-run-with-quite-a-long-name-that-goes-on-and-on-x7k2p";

test("a short name is parent and task", () => {
  expect(childName("run-x", "build")).toBe("run-x-build");
  expect(childName("r".repeat(56), "build-")).toHaveLength(63);
});

test("a long parent is cut before the hash of all of it, as Tekton names its TaskRuns", () => {
  expect(childName(long, "build")).toBe(`a-pipeline-run-with-quite${md5(long)}-build`);
});

test("a task's name that leaves no room gives the hash of both names, cut at the end", () => {
  const task = "a-task-whose-name-is-longer-than-what-is-left";
  const parent = "some-run-of-mine-x7k2p";
  expect(childName(parent, task)).toBe(`${parent}${md5(`${parent}-${task}`)}-a-task-w`);
  expect(childName(long, task)).toBe(`${long.slice(0, 31)}${md5(`${long}-${task}`)}`);
});

test("every name is a label, and other names give others", () => {
  const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
  fc.assert(
    fc.property(name, name, name, (parent, task, other) => {
      const child = childName(parent, task);
      expect(child).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      if (task !== other) expect(childName(parent, other)).not.toBe(child);
    }),
  );
});
