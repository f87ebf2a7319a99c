import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { demoRepository } from "../../../src/demo/demo-repository.ts";
import type { Login } from "../../../src/demo/people.ts";
import type { World } from "../../../src/demo/start-world.ts";

const run = promisify(execFile);
const { owner, name } = demoRepository;

/** An entry of a commit's tree as git has it, also one that no file system would hold. */
export interface TreeEntry {
  readonly path: string | Uint8Array;
  /** A commit id for a submodule, else what stands in the blob; undefined removes the path. */
  readonly content: string | Uint8Array | undefined;
  readonly mode?: "100644" | "100755" | "120000" | "160000";
}

export interface TreeChange {
  /** `owner/name` of the repository that is pushed to. */
  readonly into: string;
  readonly branch: string;
  readonly entries: readonly TreeEntry[];
  /** The commit below; the tip of main where it is missing. */
  readonly parent?: string;
}

/** Commits the entries without a checkout and pushes them over HTTP as this person. Gives the commit. */
export async function pushTree(world: World, login: Login, change: TreeChange): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "okd-streams-tree-"));
  const { url } = world.sandbox;
  const env = { ...environment, ...credentials(login, world.sandbox.tokenFor(login)) };
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run("git", ["-C", directory, ...args], { env });
    return stdout.trim();
  };
  await git("clone", "--quiet", "--bare", `${url}/${owner}/${name}.git`, ".");
  const parent = change.parent ?? (await git("rev-parse", "main"));
  await fastImport(directory, commitStream(change, parent, login));
  const target = `${url}/${change.into}.git`;
  await git("push", "--quiet", "--force", target, `refs/heads/${change.branch}`);
  return git("rev-parse", `refs/heads/${change.branch}`);
}

const environment = {
  PATH: process.env["PATH"] ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

function credentials(login: Login, token: string): Record<string, string> {
  const basic = Buffer.from(`${login}:${token}`).toString("base64");
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

async function fastImport(directory: string, stream: Buffer): Promise<void> {
  const child = spawn("git", ["-C", directory, "fast-import", "--quiet", "--force"], {
    env: environment,
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.end(stream);
  const [complaint] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(complaint);
}

/** https://git-scm.com/docs/git-fast-import#_input_format */
function commitStream({ branch, entries }: TreeChange, parent: string, login: string): Buffer {
  const head = [
    `commit refs/heads/${branch}`,
    `committer ${login} <${login}@users.noreply.github.com> 1760000000 +0000`,
    "data 6",
    "Change",
    `from ${parent}`,
    "",
  ].join("\n");
  return Buffer.concat([Buffer.from(head), ...entries.map(entryStream)]);
}

function entryStream({ path, content, mode = "100644" }: TreeEntry): Buffer {
  const name = quotedPath(Buffer.from(path));
  if (content === undefined) return Buffer.from(`D ${name}\n`);
  if (mode === "160000") return Buffer.from(`M 160000 ${content.toString()} ${name}\n`);
  const bytes = Buffer.from(content);
  const head = `M ${mode} inline ${name}\ndata ${bytes.length}\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from("\n")]);
}

function quotedPath(path: Buffer): string {
  return `"${[...path].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
}
