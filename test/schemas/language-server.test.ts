import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startLanguageServer } from "./language-server.ts";
import type { LanguageServer } from "./language-server.ts";

const own = fileURLToPath(new URL("../../", import.meta.url));

let root: string;
let server: LanguageServer;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "okd-streams-editor-"));
  mkdirSync(join(root, "streams"));
  cpSync(join(own, "schemas"), join(root, "schemas"), { recursive: true });
  server = await startLanguageServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

const valid = readFileSync(join(own, "streams/edge.yaml"), "utf8");
const lines = valid.split("\n");

/** Where a line is, counted from 0 as editors do. */
function lineOf(start: string): number {
  return lines.findIndex((line) => line.startsWith(start));
}

describe("an editor with the YAML language server", () => {
  test.each([
    "streams/edge.yaml",
    "streams/channels/4-scos-next/channel.yaml",
    ".github/okd-streams.yml",
  ])("finds nothing wrong in %s", async (path) => {
    const text = readFileSync(join(own, path), "utf8");
    expect(await server.open(join(root, path), text)).toEqual([]);
  });

  test("marks a wrong value from its start to its end, by a definition of another file", async () => {
    const text = valid.replace("cluster: laptop", "cluster: My Laptop");
    const found = await server.open(join(root, "streams/wrong.yaml"), text);
    const line = lineOf("    cluster:");
    expect(found.map(({ range }) => range)).toEqual([
      { start: { line, character: 13 }, end: { line, character: 22 } },
    ]);
  });

  test("marks an unknown key", async () => {
    const text = valid.replace("    params:", "    parms:");
    const [found] = await server.open(join(root, "streams/key.yaml"), text);
    const line = lineOf("    params:");
    expect(found).toMatchObject({
      message: expect.stringContaining("parms"),
      range: { start: { line, character: 4 }, end: { line, character: 9 } },
    });
  });

  test("completes the keys of spec, of a definition of another file, and the values of a list", async () => {
    const at = lineOf("spec:") + 1;
    const specFile = join(root, "streams/spec.yaml");
    await server.open(specFile, lines.toSpliced(at, 0, "  ").join("\n"));
    const keys = await server.complete(specFile, { line: at, character: 2 });
    expect(keys).toEqual(expect.arrayContaining(["maintainers"]));
    expect(keys).not.toContain("title");

    const refFile = join(root, "streams/ref.yaml");
    const path = lineOf("      path:");
    await server.open(refFile, lines.toSpliced(path, 1, "      g").join("\n"));
    expect(await server.complete(refFile, { line: path, character: 7 })).toEqual(
      expect.arrayContaining(["git"]),
    );

    const systemFile = join(root, "streams/system.yaml");
    const system = lineOf("  operatingSystem:");
    await server.open(systemFile, lines.toSpliced(system, 1, "  operatingSystem: ").join("\n"));
    expect(await server.complete(systemFile, { line: system, character: 19 })).toEqual([
      "scos",
      "fcos",
    ]);
  });

  test("describes a key", async () => {
    const file = join(root, "streams/hover.yaml");
    await server.open(file, valid);
    const text = await server.hover(file, { line: lineOf("    cluster:"), character: 6 });
    expect(text).toContain("Where the build runs");
  });
});
