import { requireRight } from "../actor.ts";
import type { Account, Repository } from "../types.ts";
import type { RestContext } from "./context.ts";

/** What each group of calls asks of a token, as GitHub documents it. */
const needs = {
  readMetadata: { permission: ["metadata"], level: "read", role: "read" },
  readPulls: { permission: ["pull_requests"], level: "read", role: "read" },
  writePulls: { permission: ["pull_requests"], level: "write", role: "read" },
  readIssues: { permission: ["issues", "pull_requests"], level: "read", role: "read" },
  writeIssues: { permission: ["issues", "pull_requests"], level: "write", role: "read" },
  triageIssues: { permission: ["issues", "pull_requests"], level: "write", role: "triage" },
  readContents: { permission: ["contents"], level: "read", role: "read" },
  writeContents: { permission: ["contents"], level: "write", role: "write" },
  readChecks: { permission: ["checks"], level: "read", role: "read" },
  rerequestChecks: { permission: ["checks"], level: "write", role: "write" },
} as const;

/** The account that acts, or a refusal. */
export function requireTo(
  c: RestContext,
  repository: Repository,
  name: keyof typeof needs,
): Account {
  return requireRight(c.get("actor"), repository, needs[name]);
}

/** As requireTo for reading, which on a public repository needs no token at all. */
export function allowTo(c: RestContext, repository: Repository, name: keyof typeof needs): void {
  if (c.get("actor").kind === "anonymous" && !repository.private) return;
  requireTo(c, repository, name);
}
