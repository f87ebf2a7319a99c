import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openCache } from "../../../src/cli/validation/cache.ts";

describe("openCache", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "okd-streams-cache-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const version = "1";

  /** What stands in the only file of the cache. */
  function change(alter: (kept: Buffer) => Buffer): void {
    const [name] = readdirSync(folder);
    const path = join(folder, name!);
    writeFileSync(path, alter(readFileSync(path)));
  }

  test("gives what another process has put", () => {
    openCache({ folder, version }).put("a", "[1]");
    expect(openCache({ folder, version }).get("a")).toBe("[1]");
    expect(openCache({ folder, version }).get("b")).toBeUndefined();
  });

  test("knows nothing of another version", () => {
    openCache({ folder, version }).put("a", "[1]");
    expect(openCache({ folder, version: "2" }).get("a")).toBeUndefined();
  });

  test.each<[string, (kept: Buffer) => Buffer]>([
    ["cut off", (kept) => kept.subarray(0, -1)],
    ["emptied", () => Buffer.alloc(0)],
    ["written over", () => Buffer.from("[]")],
    ["changed in one bit", (kept) => kept.fill((kept.at(-1) ?? 0) ^ 1, kept.length - 1)],
  ])("ignores a file that was %s, and writes it anew", (_name, alter) => {
    const cache = openCache({ folder, version });
    cache.put("a", "[1]");
    change(alter);
    expect(cache.get("a")).toBeUndefined();
    cache.put("a", "[2]");
    expect(cache.get("a")).toBe("[2]");
  });

  test("is silent where nothing can be written", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const cache = openCache({ folder: join(file, "below"), version });
    cache.put("a", "[1]");
    cache.trim();
    expect(cache.get("a")).toBeUndefined();
  });

  test("is silent where a folder says that there is no such folder", () => {
    const cache = openCache({ folder: "/proc/none/below", version });
    cache.put("a", "[1]");
    expect(cache.get("a")).toBeUndefined();
  });

  test("drops what was used longest ago, and nothing where there is room", () => {
    const text = "x".repeat(1000);
    const roomy = openCache({ folder, version });
    for (const key of ["a", "b", "c", "d"]) roomy.put(key, text);
    roomy.trim();
    expect(readdirSync(folder)).toHaveLength(4);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
    expect(roomy.get("b")).toBe(text);
    const tight = openCache({ folder, version, limit: 4400 });
    tight.put("e", text);
    tight.trim();
    expect(readdirSync(folder)).toHaveLength(2);
    expect(tight.get("b")).toBe(text);
    expect(tight.get("e")).toBe(text);
  });
});
