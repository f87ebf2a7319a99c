import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { failed, ok, ProblemError, type Problem, type Result } from "../problem.ts";
import { gitEnvironment } from "./git-environment.ts";
import { checkObjectId } from "./revision-names.ts";
import { runGit, type GitCall } from "./run-git.ts";

export interface CommitToFetch {
  readonly url: string;
  /** Full commit. */
  readonly revision: string;
  /** Where the commit's folder stands afterwards. */
  readonly directory: string;
  readonly protocols: readonly string[];
  readonly timeoutMs: number;
  /** How much room on the disk it may take. */
  readonly maximumBytes: number;
}

/** A foreign host must lead nowhere else, and send nothing that fills the memory or thousands of files. */
const configuration = [
  ["http.followRedirects", "false"],
  ["fetch.unpackLimit", "1"],
  ["core.bigFileThreshold", "4m"],
] as const;

/**
 * A repository that holds one commit of a foreign one, without its history. Its folder is made in one step, so it is
 * whole or not there, never changes, and processes may share it.
 */
export async function fetchCommit(commit: CommitToFetch): Promise<Result<GitCall>> {
  const { directory } = commit;
  if (await isWhole(directory)) return ok(offline(directory));
  await mkdir(dirname(directory), { recursive: true });
  const half = await mkdtemp(`${directory}.`);
  try {
    const problem = await fetchInto(half, commit);
    if (problem !== undefined) return failed(problem);
    await moveInto(half, directory);
    return ok(offline(directory));
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function isWhole(directory: string): Promise<boolean> {
  try {
    await stat(join(directory, "HEAD"));
    return true;
  } catch {
    return false;
  }
}

/** Another process may have made the same folder meanwhile, which is as good. */
async function moveInto(half: string, directory: string): Promise<void> {
  try {
    await rename(half, directory);
  } catch (error) {
    if (!(await isWhole(directory))) throw error;
  }
}

/** Reads what is there, and speaks to nobody. */
function offline(directory: string): GitCall {
  const access = { gitUrl: "", token: undefined, protocols: [], home: directory };
  return { directory, environment: gitEnvironment(access, env), silenceMs: 10_000 };
}

/** Fetches the commit; gives why it did not. */
async function fetchInto(home: string, commit: CommitToFetch): Promise<Problem | undefined> {
  const { url, revision, protocols, timeoutMs } = commit;
  const limits = keepLimits(home, commit);
  const access = { gitUrl: url, token: undefined, protocols, home, configuration };
  const call: GitCall = {
    directory: home,
    environment: gitEnvironment(access, env),
    silenceMs: timeoutMs,
    signal: limits.signal,
  };
  const args = ["--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", url];
  try {
    await runGit(call, ["init", "--quiet", "--bare", "--initial-branch=main", "."]);
    await runGit(call, ["fetch", ...args, checkObjectId(revision)]);
    return await limits.check();
  } catch (error) {
    if (limits.exceeded() !== undefined) return limits.exceeded();
    if (error instanceof ProblemError) return error.problem;
    throw error;
  } finally {
    limits.end();
  }
}

interface Limits {
  /** Aborted when a limit is exceeded. */
  readonly signal: AbortSignal;
  readonly exceeded: () => Problem | undefined;
  /** Looks once more. */
  readonly check: () => Promise<Problem | undefined>;
  readonly end: () => void;
}

/** How often the size of what came so far is looked at. */
const lookMs = 200;

function keepLimits(directory: string, { timeoutMs, maximumBytes }: CommitToFetch): Limits {
  const controller = new AbortController();
  let exceeded: Problem | undefined;
  const stop = (problem: Problem) => {
    exceeded ??= problem;
    controller.abort();
  };
  const check = async () => {
    if ((await sizeOf(directory)) > maximumBytes) {
      stop({
        kind: "unsupported",
        what: `It has more than ${Math.floor(maximumBytes / 1024 / 1024)} MiB.`,
      });
    }
    return exceeded;
  };
  const timer = setTimeout(() => {
    const seconds = Math.ceil(timeoutMs / 1000);
    stop({ kind: "unavailable", what: `It did not come within ${seconds} s.` });
  }, timeoutMs);
  const looks = setInterval(() => void check(), lookMs);
  return {
    signal: controller.signal,
    exceeded: () => exceeded,
    check,
    end: () => {
      clearTimeout(timer);
      clearInterval(looks);
    },
  };
}

/** Files may come and go meanwhile. */
async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
