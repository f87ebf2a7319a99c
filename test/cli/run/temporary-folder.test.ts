import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ProblemError } from "../../../src/problem.ts";
import { makeTemporaryFolder } from "../../../src/cli/run/temporary-folder.ts";
import { until } from "../../runner/helpers.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "okd-streams-folders-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function addFolder(name: string, owner?: string): void {
  mkdirSync(join(directory, name));
  if (owner !== undefined) writeFileSync(join(directory, name, "owner"), owner);
}

test("the folder is nobody else's, and stays while its process does", () => {
  const folders = [makeTemporaryFolder(directory), makeTemporaryFolder(directory)];
  expect(statSync(folders[0]!).mode & 0o777).toBe(0o700);
  expect(readdirSync(directory).sort()).toEqual(folders.map((path) => basename(path)).sort());
});

test("those of processes that are gone are removed, and nothing else", async () => {
  const own = makeTemporaryFolder(directory);
  const [namespace = "", pid = "", started = ""] = readFileSync(join(own, "owner"), "utf8").split(
    " ",
  );
  // This process is there, but did not start then.
  addFolder("okd-streams-run-gone", `${namespace} ${pid} ${Number(started) + 1}`);
  addFolder("okd-streams-run-elsewhere", `pid:[1] ${pid} 1`);
  addFolder("okd-streams-run-odd", `${namespace} ../self 1`);
  addFolder("okd-streams-run-new");
  addFolder("something", `${namespace} ${pid} 1`);
  symlinkSync(join(directory, "something"), join(directory, "okd-streams-run-link"));
  const before = readdirSync(directory);
  const next = makeTemporaryFolder(directory);
  await until(() => !existsSync(join(directory, "okd-streams-run-gone")));
  const kept = before.filter((name) => name !== "okd-streams-run-gone");
  expect(readdirSync(directory).sort()).toEqual([...kept, basename(next)].sort());
});

test("a place that cannot be written to is told", () => {
  expect(() => makeTemporaryFolder(join(directory, "none"))).toThrow(ProblemError);
});
