import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Finding } from "../../../src/streams/findings/finding.ts";
import { applyFixes } from "../../../src/streams/fixes/apply-fixes.ts";
import { fixFiles } from "../../../src/streams/fixes/fix-files.ts";
import type { RepositoryFile } from "../../../src/streams/repository.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { fileOf, goodFiles, now, pipelinePath, withChange } from "../repository-of.ts";

const edge = "streams/edge.yaml";
const next = "streams/channels/next/channel.yaml";

type Files = Readonly<Record<string, string>>;

function findingsOf(files: Files): readonly Finding[] {
  const list = Object.entries(files).map(([path, text]) => fileOf(path, text));
  return validateRepository(list, { now }).findings;
}

const sameFinding = (one: Finding) => (other: Finding) =>
  one.rule === other.rule && one.file === other.file && one.message === other.message;

describe("the fix of a mistake gives back what was there", () => {
  test.each([
    ["a misspelt key", edge, "operatingSystem", "operatingSytem"],
    ["a misspelt key of a list", edge, "mode: blocking", "mod: blocking"],
    ["a misspelt value", edge, "operatingSystem: scos", "operatingSystem: scoss"],
    ["a misspelt entry", edge, "[amd64]", "[amd46]"],
    ["a misspelt kind", edge, "kind: Stream", "kind: Steam"],
    ["a number for a text", edge, 'version: "4.21"', "version: 4.21"],
    ["a misspelt parameter", edge, "branch: master", "brunch: master"],
    ["a misspelt workspace", edge, "      registry:", "      registri:"],
    ["a misspelt result", edge, "pullSpec: pull-spec", "pullSpec: pul-spec"],
    ["a misspelt pipeline", edge, "pipelines/build.yaml", "pipelines/biuld.yaml"],
    ["a misspelt variable", edge, "$(run.time)", "$(run.tme)"],
    ["a misspelt stream", next, "stream: edge", "stream: egde"],
    ["a misspelt verification", next, "requires: [contents]", "requires: [content]"],
    ["a misspelt field of Tekton", pipelinePath, "      taskSpec:", "      tasksSpec:"],
    ["a misspelt task", pipelinePath, "runAfter: [assemble]", "runAfter: [asemble]"],
    [
      "a misspelt task of a result",
      pipelinePath,
      "(tasks.assemble.results.p",
      "(tasks.asemble.results.p",
    ],
    [
      "a misspelt parameter of a task",
      pipelinePath,
      "name: version\n          v",
      "name: versin\n          v",
    ],
    ["a misspelt variable of a task", pipelinePath, "$(params.branch)", "$(params.brnch)"],
  ])("%s", (_what, path, from, to) => {
    const wrong = withChange(path, from, to);
    const [finding] = findingsOf(wrong).filter(({ fix }) => fix !== undefined);
    expect(finding).toBeDefined();
    expect(applyFixes(wrong[path] ?? "", finding === undefined ? [] : [finding]).text).toBe(
      goodFiles[path],
    );
  });
});

describe("no fix is offered", () => {
  test.each([
    ["for what is near to nothing", edge, "operatingSystem: scos", "operatingSystem: beos"],
    [
      "for a parameter that is filled by itself",
      edge,
      "branch: master",
      "revision: x\n      branch: master",
    ],
    ["where the meant name is there", edge, "branch: master", "brunch: x\n      branch: master"],
    ["where the meant entry is there", edge, "[amd64]", "[amd64, amd46]"],
    ["for nothing in the place of a text", edge, 'version: "4.21"', "version: null"],
    ["for a number that makes no good text", edge, 'version: "4.21"', "version: 1e3"],
  ])("%s", (_what, path, from, to) => {
    const found = findingsOf(withChange(path, from, to));
    expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
    expect(found.some(({ severity }) => severity === "error")).toBe(true);
  });
});

/** A word of a YAML text with a letter missing, doubled or in the wrong place, or a quote left out. */
const slips: readonly ((word: string, at: number) => string)[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => word.slice(0, at) + word.charAt(at) + word.slice(at),
  (word, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  (word) => word.replaceAll('"', ""),
];

const slip = fc.record({
  path: fc.constantFrom(...Object.keys(goodFiles)),
  word: fc.nat(10_000),
  letter: fc.nat(10_000),
  kind: fc.constantFrom(...slips),
});

interface Slip {
  readonly path: string;
  readonly word: number;
  readonly letter: number;
  readonly kind: (word: string, at: number) => string;
}

function makeSlips(made: readonly Slip[]) {
  const files: Record<string, string> = { ...goodFiles };
  for (const { path, word, letter, kind } of made) {
    const parts = (files[path] ?? "").split(/([\w.-]{3,}|"[^"]*")/);
    const at = (word % Math.floor(parts.length / 2)) * 2 + 1;
    parts[at] = kind(parts[at] ?? "", letter % Math.max(1, (parts[at] ?? "").length));
    files[path] = parts.join("");
  }
  return files;
}

async function fixed(files: Files) {
  const list = Object.entries(files).map(([path, text]) => fileOf(path, text));
  const look = (latest: readonly RepositoryFile[]) =>
    Promise.resolve(validateRepository(latest, { now }).findings);
  return fixFiles(list, look);
}

describe("whatever people mistype, the fixes", () => {
  test("leave none of what they mended, and break nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(slip, { minLength: 1, maxLength: 4 }), async (made) => {
        const wrong = makeSlips(made);
        const before = findingsOf(wrong);
        const after = await fixed(wrong);
        for (const finding of after.fixed)
          expect(after.findings.some(sameFinding(finding))).toBe(false);
        for (const { path, content } of after.changed) {
          const text = new TextDecoder().decode(content);
          expect(parseYaml(path, text).problems).toEqual([]);
        }
        // With several, one that can be read again may show mistakes that nobody could see before.
        if (made.length > 1) return;
        const errors = (findings: readonly Finding[]) =>
          findings.filter(({ severity }) => severity === "error").length;
        expect(errors(after.findings)).toBeLessThanOrEqual(errors(before));
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});
