import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { noCache, openCache } from "../../../src/cli/validation/cache.ts";
import { validateFiles } from "../../../src/cli/validation/validate-files.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import type { RepositoryFile } from "../../../src/streams/repository.ts";
import { goodFiles, now, pipelinePath } from "../../streams/repository-of.ts";

const count = 220;

function fileOf([path, text]: readonly [string, string]): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}

/** Enough streams to be parsed in chunks and kept. */
const many = [
  ...Object.entries(goodFiles),
  ...Array.from({ length: count }, (_, index): [string, string] => {
    const text = goodFiles["streams/edge.yaml"] ?? "";
    return [`streams/edge-${index}.yaml`, text.replace("name: edge", `name: edge-${index}`)];
  }),
].map(fileOf);

const mutations: readonly ((text: string) => string)[] = [
  (text) => text.replace("params:", "parms:"),
  (text) => text.replace("version:", "version: ["),
  (text) => `${text}---\na: 1\n`,
  (text) => `---\n${text}`,
  (text) => text.replace(/name: edge-\d+/, "name: other"),
  (text) => text.replace('"4.19"', "4.19"),
  (text) => text.replace("title:", "title: .nan #"),
  () => "",
];

const mutated = fc
  .array(fc.tuple(fc.nat(many.length - 1), fc.constantFrom(...mutations)), { maxLength: 5 })
  .map((changes) =>
    many.map((file, index) => {
      const [, change] = changes.find(([at]) => at === index) ?? [];
      const text = new TextDecoder().decode(file.content);
      return change === undefined ? file : fileOf([file.path, change(text)]);
    }),
  );

describe("validateFiles", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "okd-streams-cache-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("finds the same with and without what was remembered, in any order, also of damaged files", async () => {
    await fc.assert(
      fc.asyncProperty(mutated, fc.boolean(), async (files, damage) => {
        const { findings } = validateRepository(files, { now });
        const cache = openCache({ folder, version: "1" });
        expect(await validateFiles(anew(files), { now }, noCache)).toEqual(findings);
        expect(await validateFiles(anew(files), { now }, cache)).toEqual(findings);
        if (damage) damageSome(folder);
        expect(await validateFiles(anew(files).toReversed(), { now }, cache)).toEqual(findings);
      }),
      { numRuns: 4 },
    );
  }, 120_000);

  test.each(["{", "null", '[{"rule":"x","severity":"error"}]', '["", 1]'])(
    "takes nothing for known where the cache says %s",
    async (text) => {
      const { findings } = validateRepository(many, { now });
      const forged = { ...noCache, get: () => text };
      expect(await validateFiles(many, { now }, forged)).toEqual(findings);
    },
  );

  test("checks every stream again where a pipeline or the settings change, and else those that changed", async () => {
    const cache = openCache({ folder, version: "2" });
    const changed = (path: string, from: string, to: string) =>
      many.map((file) => {
        const text = new TextDecoder().decode(file.content);
        return file.path === path ? fileOf([path, text.replace(from, to)]) : file;
      });
    const settings = (severity: string): [string, string] => [
      ".github/okd-streams.yml",
      `apiVersion: streams.okd.io/v1alpha1\nkind: StreamsSettings\nrules:\n  pipeline-on-cluster: "${severity}"\n`,
    ];
    const counts: number[] = [];
    for (const files of [
      many,
      changed(pipelinePath, "    - name: branch\n", "    - name: branches\n"),
      changed("streams/edge-7.yaml", "branch: master", "brunch: master"),
      [...many, fileOf(settings("off"))],
      [...many, fileOf(settings("error"))],
    ]) {
      const { findings } = validateRepository(files, { now });
      expect(await validateFiles(anew(files), { now }, cache)).toEqual(findings);
      counts.push(findings.filter(({ severity }) => severity === "error").length);
    }
    // One for each stream, and one in the pipeline itself, which uses the param; all are verified by one on the cluster.
    const [none = 0, pipeline = 0, stream = 0, off = 0, all = 0] = counts;
    expect([pipeline - none, stream - none, off - none, all - none]).toEqual([
      count + 2,
      1,
      0,
      count + 1,
    ]);
  }, 60_000);

  test("tells what other options and another day bring", async () => {
    const cache = openCache({ folder, version: "1" });
    const files = many.map((file) =>
      file.path === "streams/edge-1.yaml"
        ? fileOf([file.path, new TextDecoder().decode(file.content).replace("params:", "parms:")])
        : file,
    );
    const base = {
      apiVersion: "streams.okd.io/v1alpha1",
      kind: "StreamsSettings",
    } as const;
    for (const options of [
      { now },
      { now, settings: base },
      { now, settings: { ...base, rules: { "image-tag-shared": "off" } } },
      { now: new Date("2036-01-01T00:00:00Z") },
    ] as const) {
      expect(await validateFiles(anew(files), options, cache)).toEqual(
        validateRepository(files, options).findings,
      );
    }
  }, 60_000);
});

/** Files that nothing in this process has seen: what is the same object is not read again. */
function anew(files: readonly RepositoryFile[]): RepositoryFile[] {
  return files.map((file) => ({ ...file }));
}

function damageSome(folder: string): void {
  readdirSync(folder).forEach((name, index) => {
    const path = join(folder, name);
    if (index % 3 === 0) writeFileSync(path, readFileSync(path).subarray(0, 100));
  });
}
