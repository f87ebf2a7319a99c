import { createAppAuth } from "@octokit/auth-app";
import type { ProbotOctokit } from "probot";
import { createOctokit, type Log } from "./create-octokit.ts";
import { mintToken, narrowAuth, type TokenScope } from "./narrow-auth.ts";
import { createSecretKeeper, type SecretKeeper } from "./secret-keeper.ts";

export interface GitHubAppOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** Base of the REST API: https://api.github.com or https://HOST/api/v3. */
  readonly baseUrl: string;
  readonly throttle: boolean;
  /** Other secrets of this process that no text to GitHub may contain. */
  readonly secrets: readonly string[];
  readonly log: Log;
}

export interface RepositoryAddress {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
}

/** GitHub as seen from one repository. Every call throws a ProblemError where it fails. */
export interface GitHubClient {
  readonly owner: string;
  readonly name: string;
  readonly repositoryId: number;
  /** Reads contents; writes checks, comments, labels and reactions. */
  readonly octokit: ProbotOctokit;
  /** Writes branches, files and pull requests, and merges: for promotions and proposals only. */
  readonly promotionOctokit: ProbotOctokit;
  /** Writes commits to branches of pull requests: for fixes and streams that somebody asked for. */
  readonly contentsOctokit: ProbotOctokit;
  /** Reads the members of the organization's teams, which an installation on a person's account cannot. */
  readonly membersOctokit: ProbotOctokit;
  readonly secrets: SecretKeeper;
  /** Login of the App's own comments, such as `okd-streams[bot]`. */
  botLogin(): Promise<string>;
  /** A token that reads this repository's contents and nothing else, for git. */
  gitToken(): Promise<string>;
}

export interface GitHubApp {
  readonly secrets: SecretKeeper;
  /** As the App itself: its installations and deliveries. */
  readonly appOctokit: ProbotOctokit;
  /** Reads which repositories an installation covers, and nothing else. */
  forInstallation(installationId: number): ProbotOctokit;
  /** The same client for the same address. */
  forRepository(address: RepositoryAddress): GitHubClient;
}

const reviewPermissions = {
  metadata: "read",
  contents: "read",
  checks: "write",
  issues: "write",
  pull_requests: "write",
} as const;
const promotionPermissions = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
} as const;
const contentsPermissions = { metadata: "read", contents: "write" } as const;
const listPermissions = { metadata: "read" } as const;
const membersPermissions = { members: "read" } as const;
const gitPermissions = { contents: "read" } as const;

/** The GitHub App: clients whose tokens open one repository each, with no more permissions than their work needs. */
export function createGitHubApp(options: GitHubAppOptions): GitHubApp {
  const { baseUrl, throttle, log } = options;
  const secrets = createSecretKeeper([options.privateKey, ...options.secrets]);
  const common = { baseUrl, throttle, secrets, log };
  const appAuth = createAppAuth({
    appId: options.appId,
    privateKey: options.privateKey,
    request: createOctokit(common).request,
  });
  const appOctokit = createOctokit({ ...common, authStrategy: () => appAuth });
  const botLogin = remember(async () => {
    const { data } = await appOctokit.rest.apps.getAuthenticated();
    return `${data?.slug ?? ""}[bot]`;
  });

  const connect = (address: RepositoryAddress): GitHubClient => {
    const { installationId, repositoryId, owner, name } = address;
    const narrowed = (permissions: TokenScope["permissions"]) =>
      createOctokit({
        ...common,
        authStrategy: narrowAuth(appAuth, { installationId, repositoryId, permissions }, secrets),
      });
    return {
      owner,
      name,
      repositoryId,
      octokit: narrowed(reviewPermissions),
      promotionOctokit: narrowed(promotionPermissions),
      contentsOctokit: narrowed(contentsPermissions),
      membersOctokit: narrowed(membersPermissions),
      secrets,
      botLogin,
      gitToken: () =>
        mintToken(appAuth, { installationId, repositoryId, permissions: gitPermissions }, secrets),
    };
  };

  const clients = new Map<string, GitHubClient>();
  return {
    secrets,
    appOctokit,
    forInstallation: (installationId) =>
      createOctokit({
        ...common,
        authStrategy: narrowAuth(
          appAuth,
          { installationId, permissions: listPermissions },
          secrets,
        ),
      }),
    forRepository(address) {
      const { installationId, repositoryId, owner, name } = address;
      const key = `${installationId} ${repositoryId} ${owner}/${name}`;
      const client = clients.get(key) ?? connect(address);
      clients.set(key, client);
      return client;
    },
  };
}

/** Asks once; asks again only where the answer was an error. */
function remember<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
