import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { startOfDay } from "../../src/streams/start-of-day.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { goodFiles } from "../streams/repository-of.ts";

/** Enough for threads to be started where there are several cores. */
const count = 500;
const minute = 60_000;

describe("okd-streams validate on many files", () => {
  const directory = mkdtempSync(join(tmpdir(), "okd-streams-many-"));
  const root = join(directory, "repository");
  const cache = join(directory, "cache");

  beforeAll(() => {
    const edge = goodFiles["streams/edge.yaml"] ?? "";
    Object.entries(goodFiles).forEach(([path, text]) => write(path, text));
    for (let index = 0; index < count; index += 1) {
      const text = edge.replace("name: edge", `name: edge-${index}`);
      const broken = index % 50 === 7 ? text.replace("params:", "parms:") : text;
      write(`streams/edge-${index}.yaml`, index % 100 === 9 ? `${text}a: [\n` : broken);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  function validate(...options: string[]): unknown {
    const main = join(packageRoot, "lib/cli/main.js");
    const script = [main, "validate", "-o", "json", ...options, root];
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const maxBuffer = 64 * 1024 * 1024;
    const run = spawnSync(process.execPath, script, { env, encoding: "utf8", maxBuffer });
    expect(run.stderr).toBe("");
    return JSON.parse(run.stdout);
  }

  test(
    "finds the same on all cores, from what it remembers, and in this process",
    () => {
      const now = startOfDay(new Date());
      const { findings } = validateRepository(readWorkingTree(root), { now });
      const expected = JSON.parse(JSON.stringify({ findings })) as object;
      expect(findings.length).toBeGreaterThan(count / 50);
      expect(validate("--no-cache")).toMatchObject(expected);
      expect(validate()).toMatchObject(expected);
      expect(validate()).toMatchObject(expected);
      const path = "streams/edge-3.yaml";
      write(path, readFileSync(join(root, path), "utf8").replace("title:", "tilte:"));
      const after = validateRepository(readWorkingTree(root), { now });
      expect(after.findings.length).toBe(findings.length + 1);
      expect(validate()).toMatchObject(
        JSON.parse(JSON.stringify({ findings: after.findings })) as object,
      );
    },
    2 * minute,
  );
});
