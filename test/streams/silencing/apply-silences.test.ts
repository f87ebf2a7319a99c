import { expect, test } from "@jest/globals";
import { exampleStream } from "../../../src/streams/rules/example-files.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { validateTektonFiles } from "../../../src/streams/validate-tekton-files.ts";
import type { RepositoryFile } from "../../../src/streams/repository.ts";

const now = new Date("2026-11-20T00:00:00Z");

function fileOf(path: string, text: string): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.byteLength, content };
}

/** A stream past its end of life, with a comment above the date. */
function validate(comment: string) {
  const more = `  lifecycle:\n    state: active\n    # ${comment}\n    endOfLife: "2024-06-30"\n`;
  const file = fileOf("streams/edge.yaml", exampleStream("edge", { more }));
  const { findings, silenced } = validateRepository([file], { now });
  const ofSilencing = findings.filter(({ rule }) => /^(silence-|end-of-life)/.test(rule));
  return {
    found: ofSilencing.map(({ rule, line, column }) => `${rule} ${line}:${column}`),
    silenced: silenced.map(({ rule, line, reason }) => `${rule} ${line}: ${reason}`),
  };
}

test("takes out what is silenced with a reason, and keeps it with the reason", () => {
  expect(validate("okd-streams-ignore end-of-life-passed: hospitals still run it")).toEqual({
    found: [],
    silenced: ["end-of-life-passed 25: hospitals still run it"],
  });
});

test.each([
  ["okd-streams-ignore end-of-life-passed", "silence-without-reason 24:5"],
  ["okd-streams-ignore end-of-live-passed: why", "silence-rule-unknown 24:5"],
  ["okd-streams-ignore schema-value: why", "silence-rule-unknown 24:5"],
  ["okd-streams-ignore time-zone-unknown: why", "silence-unused 24:5"],
])("%s silences nothing and is found itself", (comment, finding) => {
  expect(validate(comment)).toEqual({ found: [finding, "end-of-life-passed 25:16"], silenced: [] });
});

test("holds for Tekton files that belong to no streams repository", () => {
  const task = (comment: string) =>
    `apiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: greet\nspec:\n  steps:\n    - name: greet\n      image: docker.io/library/busybox${comment}\n      script: echo\n`;
  const rulesOf = (text: string) =>
    validateTektonFiles([fileOf("greet.yaml", text)]).map(({ rule }) => rule);
  expect(rulesOf(task(""))).toEqual(["step-image-unpinned"]);
  expect(rulesOf(task(" # okd-streams-ignore step-image-unpinned: a laptop only"))).toEqual([]);
});
