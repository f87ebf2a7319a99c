import type { GitHubClient } from "./create-github-app.ts";

export interface FoundCheckRun {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  readonly completed: boolean;
  readonly annotationsCount: number;
}

/** More commits than are under review at once. */
const keptCommits = 500;

const listings = new WeakMap<GitHubClient, Map<string, Promise<readonly FoundCheckRun[]>>>();

/**
 * The App's check runs on a commit, oldest first, asked for once a commit: they are wanted only to find what an
 * earlier process wrote and could not note, and this process notes its own.
 */
export function ownCheckRuns(
  client: GitHubClient,
  headSha: string,
): Promise<readonly FoundCheckRun[]> {
  const bySha = listings.get(client) ?? new Map<string, Promise<readonly FoundCheckRun[]>>();
  listings.set(client, bySha);
  const known = bySha.get(headSha);
  if (known !== undefined) return known;
  const listing = list(client, headSha);
  bySha.set(headSha, listing);
  listing.catch(() => bySha.delete(headSha));
  for (const oldest of bySha.keys()) {
    if (bySha.size <= keptCommits) break;
    bySha.delete(oldest);
  }
  return listing;
}

/** Asks again next time: a write whose answer was lost may have made a check run. */
export function forgetCheckRuns(client: GitHubClient, headSha: string): void {
  listings.get(client)?.delete(headSha);
}

async function list(client: GitHubClient, headSha: string): Promise<readonly FoundCheckRun[]> {
  const { octokit } = client;
  const botLogin = await client.botLogin();
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, {
    owner: client.owner,
    repo: client.name,
    ref: headSha,
    filter: "all",
    per_page: 100,
  });
  return runs
    .filter((run) => `${run.app?.slug ?? ""}[bot]` === botLogin)
    .map((run) => ({
      id: run.id,
      name: run.name,
      externalId: run.external_id ?? "",
      completed: run.status === "completed",
      annotationsCount: run.output.annotations_count,
    }))
    .sort((a, b) => a.id - b.id);
}
