import type { createAppAuth } from "@octokit/auth-app";
import type { ProbotOctokit } from "probot";
import type { SecretKeeper } from "./secret-keeper.ts";

export type AppAuth = ReturnType<typeof createAppAuth>;
type Request = ProbotOctokit["request"];
type RequestOptions = ReturnType<Request["endpoint"]["merge"]> & { readonly url: string };

/** What an installation token opens: this one repository, with these permissions. */
export interface TokenScope {
  readonly installationId: number;
  /** Only the list of repositories is read without one. */
  readonly repositoryId?: number;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
}

/** A token for the scope, from the cache where a living one is known. */
export async function mintToken(
  appAuth: AppAuth,
  scope: TokenScope,
  secrets: SecretKeeper,
  refresh = false,
): Promise<string> {
  const { token } = await appAuth({
    type: "installation",
    installationId: scope.installationId,
    ...(scope.repositoryId === undefined ? {} : { repositoryIds: [scope.repositoryId] }),
    permissions: { ...scope.permissions },
    refresh,
  });
  secrets.add(token);
  return token;
}

/**
 * An authentication strategy for Octokit whose tokens have only the scope's rights. The strategy of
 * @octokit/auth-app asks for tokens of all repositories and permissions of the installation.
 */
export function narrowAuth(appAuth: AppAuth, scope: TokenScope, secrets: SecretKeeper) {
  const send = async (request: Request, options: RequestOptions, refresh: boolean) => {
    const token = await mintToken(appAuth, scope, secrets, refresh);
    const headers = { ...options.headers, authorization: `token ${token}` };
    return await request({ ...options, headers });
  };
  const hook = async (request: Request, options: RequestOptions) => {
    try {
      return await send(request, options, false);
    } catch (error) {
      if (!(error instanceof Error && "status" in error && error.status === 401)) throw error;
      // The token was revoked, or the App's key changed: once more with a new one.
      return await send(request, options, true);
    }
  };
  return () => ({ hook });
}
