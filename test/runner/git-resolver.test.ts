import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createGitResolver,
  isAllowedUrl,
  type GitResolver,
} from "../../src/runner/git-resolver.ts";
import { temporaryDirectory } from "./helpers.ts";

test.each([
  ["https://github.com/okd-project/streams", true],
  ["https://github.com/okd-project", true],
  ["https://github.com/okd-project-evil/streams", false],
  ["https://github.com/okd-project/../evil/x", false],
  ["https://github.com/okd-project/%2e%2e/evil", false],
  ["https://github.com.evil.example/okd-project/x", false],
  ["https://github.com@evil.example/okd-project/x", false],
  ["https://user:token@github.com/okd-project/x", false],
  ["http://github.com/okd-project/x", false],
  ["https://github.com:444/okd-project/x", false],
  ["https://github.com/okd-project/x?y=1", false],
  ["https://github.com/okd-project/x\n", false],
  ["ext::sh -c touch% /tmp/owned", false],
  ["git@github.com:okd-project/x", false],
  ["--upload-pack=touch /tmp/owned", false],
  ["", false],
])("the URL %j is allowed: %j", (url, allowed) => {
  expect(isAllowedUrl(url, ["https://github.com/okd-project"])).toBe(allowed);
});

describe("the git resolver", () => {
  let directory: string;
  let url: string;
  let commit: string;
  let resolve: GitResolver;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const work = join(directory, "work");
    await mkdir(join(work, "tekton"), { recursive: true });
    await writeFile(join(work, "tekton", "a.yaml"), "kind: Task\n");
    await writeFile(join(work, "tekton", "large.yaml"), "#".repeat(300 * 1024));
    await symlink("/etc/passwd", join(work, "tekton", "link.yaml"));
    const git = (...args: string[]): string =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
        cwd: work,
        encoding: "utf8",
      }).trim();
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "start");
    commit = git("rev-parse", "HEAD");
    url = `file://${work}`;
    resolve = createGitResolver(join(directory, "cache"), [`file://${directory}/`]);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test("gives a file at a commit, many at once too", async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => resolve({ url, revision: commit, path: "tekton/a.yaml" })),
    );
    expect(all).toEqual(all.map(() => ({ ok: true, value: "kind: Task\n" })));
    expect(await readdir(join(directory, "cache"))).toHaveLength(1);
  });

  test.each([
    ["a branch", { revision: "main" }, "no full commit"],
    ["an option as the revision", { revision: "--upload-pack=touch /tmp/owned" }, "no full commit"],
    ["a path that leaves", { path: "../beside/tekton/a.yaml" }, "no path"],
    ["an absolute path", { path: "/etc/passwd.yaml" }, "no path"],
    ["git's own folder", { path: ".git/config.yaml" }, "no path"],
    ["a pathspec", { path: ":(top)tekton/a.yaml" }, "no path"],
    ["no YAML", { path: "tekton/a.sh" }, "no path"],
    ["another repository", { url: "https://evil.example/x" }, "is not allowed"],
    ["a link", { path: "tekton/link.yaml" }, "There is no file"],
    ["a missing file", { path: "tekton/b.yaml" }, "There is no file"],
    ["a large file", { path: "tekton/large.yaml" }, "larger than 256 KiB"],
    ["a missing commit", { revision: "1".repeat(40) }, "could not be fetched"],
  ])("refuses %s", async (_, change, message) => {
    const found = await resolve({ url, revision: commit, path: "tekton/a.yaml", ...change });
    expect(found.ok ? "" : found.problem.what).toContain(message);
  });
});
