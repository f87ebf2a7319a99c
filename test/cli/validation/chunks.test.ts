import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { chunksOf, digestOf } from "../../../src/cli/validation/chunks.ts";
import type { RepositoryFile } from "../../../src/streams/repository.ts";

function fileOf(name: string, text: string): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path: `streams/${name}.yaml`, mode: "file", size: content.length, content };
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), {
  minLength: 1,
  maxLength: 400,
});

describe("chunksOf", () => {
  test("keeps every file that was read, in order", () => {
    fc.assert(
      fc.property(names, (all) => {
        const files = all.sort().map((name) => fileOf(name, name));
        expect(chunksOf(files).flat()).toEqual(files);
      }),
    );
  });

  test("alters one chunk when one file is changed, added or removed", () => {
    fc.assert(
      fc.property(names, fc.nat(), fc.constantFrom("change", "remove"), (all, at, what) => {
        const files = all.sort().map((name) => fileOf(name, name));
        const index = at % files.length;
        const instead = what === "change" ? [fileOf(all[index]!, "changed")] : [];
        const after = files.toSpliced(index, 1, ...instead);
        const known = new Set(chunksOf(files).map(digestOf));
        const anew = chunksOf(after).filter((chunk) => !known.has(digestOf(chunk)));
        expect(anew.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("digestOf", () => {
  const file = fileOf("a", "text");
  test.each<[string, RepositoryFile]>([
    ["path", { ...file, path: "streams/b.yaml" }],
    ["mode", { ...file, mode: "symlink" }],
    ["content", fileOf("a", "texT")],
    ["size", { path: file.path, mode: "file", size: 300_000 }],
  ])("differs by %s", (_what, other) => {
    expect(digestOf([other])).not.toBe(digestOf([file]));
  });

  test("does not take one file's end for the next one's beginning", () => {
    const [a, b] = [fileOf("a", "12"), fileOf("b", "3")];
    expect(digestOf([fileOf("a", "1"), fileOf("b", "23")])).not.toBe(digestOf([a, b]));
  });
});
