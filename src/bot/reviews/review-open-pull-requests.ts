import { listOpenPullRequests } from "../../github/pull-requests.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { pullRequestHead } from "./pull-request-head.ts";
import { clientFor } from "../report.ts";
import { reviewPullRequest } from "./review-pull-request.ts";

/**
 * Reviews every open pull request again, as the base branch moved or an event may have been lost. A review that comes
 * out as before writes nothing.
 */
export async function reviewOpenPullRequests(bot: Bot, repository: Repository): Promise<void> {
  const client = clientFor(bot, repository);
  for (const pull of await listOpenPullRequests(client, repository.defaultBranch)) {
    await reviewPullRequest(bot, repository, pullRequestHead(repository, pull));
  }
}
