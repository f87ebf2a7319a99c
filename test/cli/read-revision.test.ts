import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { resolveCommit } from "../../src/cli/read-revision.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "okd-streams-revision-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("outside of a repository it says that there is none", async () => {
  await expect(resolveCommit(folder, "HEAD")).rejects.toThrow(/not a git repository/);
});

test("a revision that is none is named, and what a shallow clone lacks", async () => {
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  await expect(resolveCommit(folder, "main~1")).rejects.toThrow(
    /"main~1" is no commit .*\(git: Needed a single revision\).* shallow clone/s,
  );
});
