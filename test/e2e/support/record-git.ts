import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface GitRecord {
  /** The words of every git process so far, as a list of processes would show them. */
  commandLines(): readonly string[];
  stop(): void;
}

/** Puts a git before the real one in PATH that writes down how it was called. */
export function recordGit(): GitRecord {
  const directory = mkdtempSync(join(tmpdir(), "okd-streams-git-"));
  const log = join(directory, "calls.log");
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const program = join(directory, "git");
  writeFileSync(program, `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(program, 0o755);
  const path = process.env["PATH"] ?? "";
  process.env["PATH"] = `${directory}:${path}`;
  return {
    commandLines: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n") : []),
    stop() {
      process.env["PATH"] = path;
    },
  };
}
