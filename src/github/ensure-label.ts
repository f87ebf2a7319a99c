import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { unlessMissing } from "./unless-missing.ts";

export interface Label {
  readonly name: string;
  readonly description: string;
  /** Six hexadecimal digits. */
  readonly color: string;
}

/** Makes the label where the repository has none of that name; one that is there stays as it is. */
export async function ensureLabel(client: GitHubClient, label: Label): Promise<void> {
  if (await isThere(client, label.name)) return;
  try {
    await client.octokit.rest.issues.createLabel({
      owner: client.owner,
      repo: client.name,
      ...label,
    });
  } catch (error) {
    // 422 "already_exists": an answer that was lost before.
    if (!(error instanceof ProblemError) || error.problem.kind !== "invalid") throw error;
    if (!(await isThere(client, label.name))) throw error;
  }
}

async function isThere(client: GitHubClient, name: string): Promise<boolean> {
  const { owner, name: repo, octokit } = client;
  const ask = () => octokit.rest.issues.getLabel({ owner, repo, name });
  return (await unlessMissing(ask)) !== undefined;
}
