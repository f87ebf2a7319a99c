import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { jest } from "@jest/globals";
import type { Command } from "commander";

export interface TestRepository {
  readonly root: string;
  write(path: string, text: string): void;
  commit(): void;
  remove(): void;
}

/** A git repository in a folder of its own, with some files committed. */
export function createRepository(files: Readonly<Record<string, string>>): TestRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "okd-streams-cli-")));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "pipe" });
  const repository: TestRepository = {
    root,
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    commit: () => {
      git("add", ".");
      git("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "-q", "-m", "x");
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  git("init", "-q");
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit();
  return repository;
}

// Tests leave alone what the person who runs them has cached.
process.env["XDG_CACHE_HOME"] = join(tmpdir(), "okd-streams-test-cache");

/** What a command writes to stdout, and the exit code that it leaves. */
export async function runCommand(
  command: Command,
  ...args: string[]
): Promise<{ stdout: string; exitCode: unknown }> {
  let stdout = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .parseAsync(args, { from: "user" });
    return { stdout, exitCode: process.exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = before;
  }
}
