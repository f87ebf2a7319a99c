import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A real repository with a working copy, as the far end of a mirror. */
export interface GitFixture {
  readonly root: string;
  readonly url: string;
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  link(path: string, target: string): void;
  /** Commits everything; gives the commit. */
  commit(message: string): string;
  remove(): void;
}

const identity = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** `now` gives the moment of each commit, for tests with a clock of their own. */
export function createGitFixture(now: () => Date = () => new Date()): GitFixture {
  const root = mkdtempSync(join(tmpdir(), "okd-streams-git-"));
  const work = join(root, "origin");
  mkdirSync(work);
  const git = (...args: string[]) => {
    const date = now().toISOString();
    const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    return execFileSync("git", args, {
      cwd: work,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: root, ...identity, ...dates },
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  };
  git("init", "--quiet", "--initial-branch=main");
  const place = (path: string) => {
    const full = join(work, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  return {
    root,
    url: pathToFileURL(work).href,
    git,
    write: (path, content) => writeFileSync(place(path), content),
    link: (path, target) => symlinkSync(target, place(path)),
    commit(message) {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
