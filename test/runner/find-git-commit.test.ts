import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGitPinner, type GitPinner } from "../../src/runner/find-git-commit.ts";
import { temporaryDirectory } from "./helpers.ts";
import { ending, startTaskEngine } from "./tasks/task-engine.ts";

let directory: string;
let url: string;
let first: string;
let second: string;
let pin: GitPinner;
let git: (...args: string[]) => string;

const task = `apiVersion: tekton.dev/v1
kind: Task
metadata: { name: greet }
spec: { steps: [{ name: s, script: echo hello }] }
`;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const work = join(directory, "work");
  await mkdir(work);
  git = (...args) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      cwd: work,
      encoding: "utf8",
    }).trim();
  git("init", "-q", "-b", "main");
  await writeFile(join(work, "task.yaml"), task);
  git("add", ".");
  git("commit", "-q", "-m", "one");
  git("tag", "-a", "v1", "-m", "one");
  first = git("rev-parse", "HEAD");
  git("commit", "-q", "--allow-empty", "-m", "two");
  second = git("rev-parse", "HEAD");
  git("branch", "feature/x.y", first);
  url = `file://${work}`;
  pin = createGitPinner(join(directory, "cache"), [`file://${directory}/`]);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function revisionOf(revision: string, from = url): Promise<string> {
  const found = await pin({ url: from, revision, path: "task.yaml" });
  return found.ok ? found.value.revision : found.problem.what;
}

test("branches and tags lead to their commits, a tag to what it marks", async () => {
  expect(await revisionOf("main")).toBe(second);
  expect(await revisionOf("feature/x.y")).toBe(first);
  expect(await revisionOf("v1")).toBe(first);
  expect(await revisionOf(first)).toBe(first);
  expect(await revisionOf("gone")).toMatch(/no branch or tag "gone"/);
});

test("a branch that moves meanwhile stays where it was for what runs", async () => {
  git("branch", "moving", first);
  expect(await revisionOf("moving")).toBe(first);
  git("branch", "-f", "moving", second);
  expect(await revisionOf("moving")).toBe(first);
});

test.each(["--upload-pack=touch", "a..b", "refs/heads/*", "", "$(params.x)", "x y"])(
  "%j is left for the resolver to refuse",
  async (revision) => {
    expect(await revisionOf(revision)).toBe(revision);
  },
);

test("nothing is asked of a repository that is not allowed", async () => {
  expect(await revisionOf("main", "file:///elsewhere")).toBe("main");
});

test("a run by hand takes its Task from a branch and tells the commit, others do not", async () => {
  const params = [
    { name: "url", value: url },
    { name: "revision", value: "main" },
    { name: "pathInRepo", value: "task.yaml" },
  ];
  const options = { gitAllowlist: [`file://${directory}/`] };
  const byHand = await startTaskEngine({ ...options, gitNames: true });
  const run = await byHand.reference("by-hand", { resolver: "git", params });
  await byHand.close();
  expect(ending(run)).toBe("True Succeeded");
  expect(run.status.provenance?.refSource.digest).toEqual({ sha1: second });
  const strict = await startTaskEngine(options);
  const refused = await strict.reference("strict", { resolver: "git", params });
  await strict.close();
  expect(ending(refused)).toMatch(/"main" is no full commit/);
});
