import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { searchPath } from "./isolation/types.ts";

const execute = promisify(execFile);

/** Nothing of the runner's own configuration or credentials reaches git. */
function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: searchPath,
    HOME: home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_ALLOW_PROTOCOL: "http:https:file",
  };
}

/** What git prints; redirects are not followed, because they would leave what is allowed. Rejects where git fails. */
export async function runGit(home: string, args: readonly string[]): Promise<string> {
  const options = { env: cleanEnvironment(home), timeout: 60_000, maxBuffer: 1024 * 1024 };
  const fixed = ["-c", "http.followRedirects=false", "-c", "core.hooksPath=/dev/null"];
  const { stdout } = await execute("git", [...fixed, ...args], options);
  return stdout;
}
