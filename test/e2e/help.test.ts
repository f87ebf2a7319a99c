import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { summaries } from "../../src/cli/named-command.ts";
import { packageRoot } from "../../src/package-root.ts";

function help(...args: readonly string[]): string {
  const main = join(packageRoot, "lib/cli/main.js");
  const { status, stdout } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.replaceAll(/\s+/g, " ");
}

describe("okd-streams --help", () => {
  const entries = Object.entries(summaries);

  test("lists every command with its summary", () => {
    const listed = help("--help");
    for (const [name, summary] of entries) expect(listed).toContain(` ${name} ${summary} `);
  });

  test.each(entries)("%s --help tells how it is called, and the same summary", (name, summary) => {
    const shown = help(name, "--help");
    expect(shown).toContain(`Usage: okd-streams ${name} `);
    expect(shown).toContain(summary);
    expect(help("help", name)).toBe(shown);
  });
});
