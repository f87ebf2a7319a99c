import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { makeFolder } from "../src/make-folder.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "okd-streams-make-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a folder is made with all that it stands in, and may be there", () => {
  const path = join(directory, "a/b/c");
  makeFolder(path, 0o700);
  makeFolder(path);
  expect(statSync(join(directory, "a")).mode & 0o777).toBe(0o700);
  expect(existsSync(path)).toBe(true);
});

test("where none can be made that is thrown, also where Node's own recursion never ends", () => {
  writeFileSync(join(directory, "file"), "");
  symlinkSync(join(directory, "none/none"), join(directory, "link"));
  expect(() => makeFolder(join(directory, "file/x"))).toThrow("ENOTDIR");
  expect(() => makeFolder(join(directory, "link/x"))).toThrow("EEXIST");
  expect(() => makeFolder("/proc/okd-streams/x")).toThrow("ENOENT");
});
