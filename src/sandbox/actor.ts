import { Refusal, notFound } from "./refusal.ts";
import type { Account, InstallationToken, Permissions, Repository, Role } from "./types.ts";

/** Who makes a call. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "person"; readonly account: Account }
  | { readonly kind: "app" }
  | {
      readonly kind: "installation";
      readonly account: Account;
      readonly token: InstallationToken;
    };

const order: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

export function atLeast(role: Role, minimum: Role): boolean {
  return order.indexOf(role) >= order.indexOf(minimum);
}

/** The role a login has in a repository; everybody reads a public one. */
export function roleOf(repository: Repository, login: string): Role {
  if (repository.owner.login.toLowerCase() === login.toLowerCase()) return "admin";
  const granted = repository.collaborators.get(login.toLowerCase());
  return granted ?? (repository.private ? "none" : "read");
}

/** Refuses with 404 what the actor must not even know of. */
export function requireRead(actor: Actor, repository: Repository): void {
  if (actor.kind === "installation") {
    if (!covers(actor.token, repository) && repository.private) throw notFound();
    return;
  }
  const role = actor.kind === "person" ? roleOf(repository, actor.account.login) : "read";
  const visible = actor.kind === "person" ? atLeast(role, "read") : !repository.private;
  if (!visible) throw notFound();
}

interface Need {
  /** What an installation's token has to allow: any one of these. */
  readonly permission: readonly (keyof Permissions)[];
  readonly level: "read" | "write";
  /** What a person needs. */
  readonly role: Role;
}

/** Gives the account that acts, or refuses as GitHub does for a token of that kind. */
export function requireRight(actor: Actor, repository: Repository, need: Need): Account {
  requireRead(actor, repository);
  switch (actor.kind) {
    case "anonymous":
      throw new Refusal(401, "Requires authentication");
    case "app":
      throw new Refusal(403, "Resource not accessible by integration");
    case "installation": {
      const allowed = need.permission.some((name) => grants(actor.token, name, need.level));
      if (!allowed || !covers(actor.token, repository))
        throw new Refusal(403, "Resource not accessible by integration");
      return actor.account;
    }
    case "person":
      if (!atLeast(roleOf(repository, actor.account.login), need.role))
        throw new Refusal(403, "Resource not accessible by personal access token");
      return actor.account;
  }
}

export function grants(
  token: InstallationToken,
  name: keyof Permissions,
  level: "read" | "write",
): boolean {
  const granted = token.permissions[name];
  return granted === "write" || granted === "admin" || (level === "read" && granted === "read");
}

export function covers(token: InstallationToken, repository: Repository): boolean {
  if (!repository.installed) return false;
  if (repository.owner.id !== token.installation.account.id) return false;
  return token.repositoryIds?.has(repository.id) ?? true;
}
