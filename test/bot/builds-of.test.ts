import { describe, expect, test } from "@jest/globals";
import { buildsOf, mayRun } from "../../src/bot/builds-of.ts";
import { goodFiles, repositoryOf, withChange } from "../streams/repository-of.ts";
import { settings, settingsPath } from "../fixtures/bot/streams-repository.ts";

const withSettings = (lines: string) =>
  repositoryOf({ ...goodFiles, [settingsPath]: settings(lines) });
const names = (repository: ReturnType<typeof repositoryOf>) =>
  buildsOf(repository).map(({ value }) => value.metadata.name);

describe("the settings", () => {
  test.each([
    ["mode: active", true],
    ["pause: false", true],
    ["mode: active\npause: false", true],
    ["pause: true", false],
    ["mode: report", false],
    ["mode: report\npause: true", false],
    ["mode: active\npause: true", false],
    ["mode: report\npause: false", false],
  ])("%j let something run: %j", (lines, may) => {
    const repository = withSettings(lines);
    expect(mayRun(repository)).toBe(may);
    expect(names(repository)).toEqual(may ? ["edge"] : []);
  });

  test("let everything run where there are none", () => {
    expect(names(repositoryOf(goodFiles))).toEqual(["edge"]);
  });
});

test.each([
  ["active", ["edge"]],
  ["paused", []],
  ["retired", []],
])("a stream that is %s is among the builds: %j", (state, found) => {
  const files = withChange(
    "streams/edge.yaml",
    "  release:\n",
    `  lifecycle: { state: ${state} }\n  release:\n`,
  );
  expect(names(repositoryOf(files))).toEqual(found);
});
