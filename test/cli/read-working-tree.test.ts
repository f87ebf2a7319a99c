import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { maximumFileSize } from "../../src/streams/repository.ts";

describe("readWorkingTree", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "okd-streams-tree-"));
    mkdirSync(join(root, "streams"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("gives files with their modes, links unfollowed, and large files unread", () => {
    writeFileSync(join(root, "streams/a.yaml"), "a: 1\n");
    writeFileSync(join(root, "streams/run.yaml"), "b: 2\n", { mode: 0o755 });
    writeFileSync(join(root, "streams/large.yaml"), Buffer.alloc(maximumFileSize + 1));
    symlinkSync("a.yaml", join(root, "streams/link.yaml"));
    writeFileSync(join(root, "elsewhere.yaml"), "");
    const byPath = Object.fromEntries(readWorkingTree(root).map((file) => [file.path, file]));
    expect(byPath).toEqual({
      "streams/a.yaml": {
        path: "streams/a.yaml",
        mode: "file",
        size: 5,
        content: Buffer.from("a: 1\n"),
      },
      "streams/run.yaml": {
        path: "streams/run.yaml",
        mode: "executable",
        size: 5,
        content: Buffer.from("b: 2\n"),
      },
      "streams/large.yaml": { path: "streams/large.yaml", mode: "file", size: maximumFileSize + 1 },
      "streams/link.yaml": { path: "streams/link.yaml", mode: "symlink", size: 6 },
    });
  });

  test("leaves out what git would: a pipe is no file, and nothing waits for its writer", () => {
    execFileSync("mkfifo", [join(root, "streams/pipe.yaml")]);
    expect(readWorkingTree(root)).toEqual([]);
  });
});
