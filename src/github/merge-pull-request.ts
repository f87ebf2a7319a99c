import { failed, ok, ProblemError, type Result } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { getPullRequest } from "./pull-requests.ts";

export interface MergeInput {
  readonly number: number;
  /** The head that was decided on; another one is not merged. */
  readonly sha: string;
  readonly title: string;
  readonly message: string;
  readonly method?: "merge" | "squash" | "rebase";
}

/**
 * Merges a pull request at this head; gives the merge commit, also where it was merged before. `conflict`: the head
 * moved. `refused`: GitHub's rules stand against it, in GitHub's words. Problems that waiting may mend are thrown.
 */
export async function mergePullRequest(
  client: GitHubClient,
  input: MergeInput,
): Promise<Result<string>> {
  try {
    const { data } = await client.promotionOctokit.rest.pulls.merge({
      owner: client.owner,
      repo: client.name,
      pull_number: input.number,
      sha: input.sha,
      commit_title: input.title,
      commit_message: input.message,
      merge_method: input.method ?? "merge",
      request: { retries: 0 },
    });
    return ok(data.sha);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind === "unavailable") throw error;
    // A merge whose answer was lost is refused the second time, with 405 or 409.
    const asPromoter = { ...client, octokit: client.promotionOctokit };
    const now = await getPullRequest(asPromoter, input.number);
    if (now.merged && now.headSha === input.sha && now.mergeCommit !== undefined)
      return ok(now.mergeCommit);
    return failed(error.problem);
  }
}
