import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { imageEntrypoint } from "../../../src/runner/steps/image-entrypoint.ts";

function outputOf(image: string, args: readonly string[]): string {
  const [file = "", ...rest] = imageEntrypoint(image) ?? [];
  return spawnSync(file, [...rest, ...args], { encoding: "utf8", input: "echo read" }).stdout;
}

test.each([
  ["docker.io/library/bash:5.2", ["-c", "echo $0 $1", "a", "b"], "a b\n"],
  ["docker.io/library/bash:5.2", ["echo", "two  words"], "two  words\n"],
  ["bash", [], "read\n"],
  ["docker.io/library/node:20", ["-p", "1 + 1"], "2\n"],
  ["node", ["echo", "a program"], "a program\n"],
  ["ubuntu@sha256:0000", ["-c", "echo ubuntu"], "ubuntu\n"],
  ["alpine/git:2.45", ["--version"], expect.stringMatching(/^git version /)],
  ["ghcr.io/tektoncd/pipeline/nop-8eac7c1:latest", [], "Build successful\n"],
  ["gcr.io/tekton/github.com/tektoncd/pipeline/cmd/nop", [], "Build successful\n"],
])("the entrypoint of %s with %j", (image, args, output) => {
  expect(outputOf(image, args)).toEqual(output);
});

test.each(["example.org/team/nop-tool", "example.org/team/git", "example.org/builder"])(
  "what %s runs is not known",
  (image) => {
    expect(imageEntrypoint(image)).toBeUndefined();
  },
);
