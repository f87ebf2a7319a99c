import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { RepositoryOptions, Sandbox, SandboxOptions } from "../../src/sandbox/options.ts";
import { recordExchanges } from "../../src/sandbox/record-exchanges.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";

const run = promisify(execFile);

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly signature: string;
  readonly body: string;
  readonly payload: { readonly action?: string } & Record<string, unknown>;
}

export interface Hooks {
  readonly url: string;
  readonly received: Received[];
  /** What the receiver answers; 202 by default. */
  status: number;
  close(): Promise<void>;
}

/** A receiver of webhooks that keeps everything. */
export async function startHooks(): Promise<Hooks> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      received.push({
        event: String(request.headers["x-github-event"]),
        guid: String(request.headers["x-github-delivery"]),
        signature: String(request.headers["x-hub-signature-256"]),
        body,
        payload: JSON.parse(body) as Received["payload"],
      });
      response.statusCode = hooks.status;
      response.end("taken");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const hooks: Hooks = {
    url: `http://127.0.0.1:${port.toString()}/`,
    received,
    status: 202,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hooks;
}

export interface Bench {
  readonly sandbox: Sandbox;
  readonly hooks: Hooks;
  readonly directory: string;
  /** Octokit with a person's token. */
  as(login: string): Octokit;
  /** Octokit with the App's installation token. */
  readonly bot: Octokit;
  readonly app: Octokit;
  close(): Promise<void>;
}

export const secret = "test secret";

/** SANDBOX_RECORDING names a file that the contract check is to read. */
function recording(): Pick<SandboxOptions, "record"> {
  const file = process.env["SANDBOX_RECORDING"];
  return file === undefined ? {} : { record: recordExchanges(file) };
}

/** A sandbox with one repository, four people and a receiver of webhooks. */
export async function startBench(
  options: Partial<SandboxOptions> = {},
  repository: Partial<RepositoryOptions> = {},
): Promise<Bench> {
  const directory = await mkdtemp(join(tmpdir(), "sandbox-test-"));
  const hooks = await startHooks();
  const sandbox = await startSandbox({
    directory,
    app: {
      id: 77,
      slug: "okd-streams",
      webhookSecret: secret,
      webhookUrl: hooks.url,
      permissions: {
        metadata: "read",
        checks: "write",
        contents: "write",
        issues: "write",
        pull_requests: "write",
        members: "read",
      },
      events: [
        "pull_request",
        "push",
        "issue_comment",
        "issues",
        "check_run",
        "check_suite",
        "pull_request_review",
        "merge_group",
      ],
    },
    people: [
      { login: "mia", name: "Mia Maintainer" },
      { login: "wim", name: "Wim Writer" },
      { login: "rea", name: "Rea Reader" },
      { login: "tom", name: "Tom Triager" },
    ],
    teams: { "okd/approvers": ["mia"] },
    mergeableLagMs: 30,
    ...recording(),
    ...options,
  });
  await sandbox.createRepository({
    owner: "okd",
    name: "streams",
    files: { "README.md": "# Streams\n", "streams/edge.yaml": "kind: Stream\nname: edge\n" },
    collaborators: { mia: "maintain", wim: "write", tom: "triage" },
    ...repository,
  });
  const { app } = sandbox;
  const quiet = {
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    baseUrl: sandbox.apiUrl,
  };
  const auth = { appId: app.id, privateKey: app.privateKey };
  return {
    sandbox,
    hooks,
    directory,
    as: (login) => new Octokit({ ...quiet, auth: sandbox.tokenFor(login) }),
    bot: new Octokit({
      ...quiet,
      authStrategy: createAppAuth,
      auth: { ...auth, installationId: app.installationId },
    }),
    app: new Octokit({ ...quiet, authStrategy: createAppAuth, auth }),
    async close() {
      await sandbox.close();
      await hooks.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export const here = { owner: "okd", repo: "streams" };

/** Runs real git with no configuration but what is given; rejects where it fails. */
export async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", [...args], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      HOME: "/nonexistent",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      GIT_AUTHOR_NAME: "Tester",
      GIT_AUTHOR_EMAIL: "tester@example.org",
      GIT_COMMITTER_NAME: "Tester",
      GIT_COMMITTER_EMAIL: "tester@example.org",
    },
  });
  return stdout.trim();
}

/** The repository's address with a person's token, as a person would push. */
export function remote(sandbox: Sandbox, login: string, path = "okd/streams"): string {
  return `http://${login}:${sandbox.tokenFor(login)}@127.0.0.1:${sandbox.port.toString()}/${path}.git`;
}

/** Commits one file onto a branch through the contents API, and gives the commit. */
export async function commitFile(
  octokit: Octokit,
  branch: string,
  path: string,
  content: string,
): Promise<string> {
  const known = await octokit.rest.repos
    .getContent({ ...here, path, ref: branch })
    .catch(() => undefined);
  const data = known?.data;
  const sha = data !== undefined && "sha" in data ? data.sha : undefined;
  const answer = await octokit.rest.repos.createOrUpdateFileContents({
    ...here,
    branch,
    path,
    message: `Change ${path}`,
    content: Buffer.from(content).toString("base64"),
    ...(sha === undefined ? {} : { sha }),
  });
  return answer.data.commit.sha ?? "";
}

export async function newBranch(octokit: Octokit, branch: string, from = "main"): Promise<void> {
  const base = await octokit.rest.git.getRef({ ...here, ref: `heads/${from}` });
  await octokit.rest.git.createRef({
    ...here,
    ref: `refs/heads/${branch}`,
    sha: base.data.object.sha,
  });
}

/** Opens a pull request that writes one file; gives its number and head. */
export async function openPull(
  octokit: Octokit,
  branch: string,
  path: string,
  content: string,
): Promise<{ readonly number: number; readonly sha: string }> {
  await newBranch(octokit, branch);
  await commitFile(octokit, branch, path, content);
  const pull = await octokit.rest.pulls.create({
    ...here,
    head: branch,
    base: "main",
    title: `Change ${path}`,
  });
  return { number: pull.data.number, sha: pull.data.head.sha };
}

/** Asks again until the answer is no longer undefined; fails after five seconds. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 5000;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error("It did not happen within five seconds.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The status that a call is refused with. */
export async function statusOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number")
      return error.status;
    throw error;
  }
  return 200;
}
