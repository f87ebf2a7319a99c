import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import type { Sandbox } from "../sandbox/options.ts";
import { demoRepository } from "./demo-repository.ts";
import { people, type Login } from "./people.ts";

const run = promisify(execFile);
const { owner, name: repo, defaultBranch } = demoRepository;

/** One of the four, with a browser's worth of GitHub and a clone of their own. */
export interface Person {
  readonly login: Login;
  readonly octokit: Octokit;
  /** Writes files on a branch of the person's fork or of the repository, commits, and pushes. Gives the commit. */
  push(change: Change): Promise<string>;
  comment(pull: number, body: string): Promise<number>;
  merge(pull: number): Promise<string>;
}

export interface Change {
  /** `owner/name` of the repository that is pushed to. */
  readonly into: string;
  readonly branch: string;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The person's hands on the GitHub stand-in; what they may do is GitHub's to say. */
export function createPerson(sandbox: Sandbox, login: Login, directory: string): Person {
  const octokit = new Octokit({
    baseUrl: sandbox.apiUrl,
    auth: sandbox.tokenFor(login),
    // Refusals are part of the story, and told there.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return {
    login,
    octokit,
    push: (change) => pushChange(sandbox, login, join(directory, login), change),
    async comment(pull, body) {
      const { data } = await octokit.rest.issues.createComment({
        owner,
        repo,
        issue_number: pull,
        body,
      });
      return data.id;
    },
    async merge(pull) {
      const { data } = await octokit.rest.pulls.merge({ owner, repo, pull_number: pull });
      return data.sha;
    },
  };
}

async function pushChange(
  sandbox: Sandbox,
  login: Login,
  directory: string,
  change: Change,
): Promise<string> {
  const clone = join(directory, change.branch);
  const git = (args: readonly string[], cwd = clone): Promise<string> =>
    run("git", args, { cwd, env: gitEnvironment(sandbox, login) }).then(({ stdout }) =>
      stdout.trim(),
    );
  mkdirSync(directory, { recursive: true });
  const url = `${sandbox.url}/${owner}/${repo}.git`;
  if (!existsSync(clone))
    await git(["clone", "--quiet", "--branch", defaultBranch, url, clone], directory);
  await git(["checkout", "--quiet", "-B", change.branch]);
  for (const [path, content] of Object.entries(change.files)) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), content);
  }
  await git(["add", "--all"]);
  await git(["commit", "--quiet", "--message", change.message]);
  await git(["push", "--quiet", `${sandbox.url}/${change.into}.git`, change.branch]);
  return git(["rev-parse", "HEAD"]);
}

function gitEnvironment(sandbox: Sandbox, login: Login): Record<string, string> {
  const name = people.find((person) => person.login === login)?.name ?? login;
  const email = `${login}@users.noreply.github.com`;
  const basic = Buffer.from(`${login}:${sandbox.tokenFor(login)}`).toString("base64");
  return {
    PATH: process.env["PATH"] ?? "",
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

function silent(): void {
  return undefined;
}
