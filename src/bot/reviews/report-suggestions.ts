import { createReview, findReview } from "../../github/create-review.ts";
import { hiddenMarker } from "../../github/hidden-marker.ts";
import { ProblemError } from "../../problem.ts";
import { beginWrite, endWrite } from "../../store/begun-writes.ts";
import { getKnownComment, saveKnownComment } from "../../store/comments.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { mostSuggestions, suggestionComment, suggestionsHeadline } from "./render-suggestions.ts";
import type { PullRequestHead } from "./review.ts";
import type { Suggestion } from "./suggestions.ts";

/** Stands for a review that is not written. */
const none = 0;

/**
 * Offers fixes as one review of the pull request's head, once for each head: GitHub itself shows a suggestion as outdated
 * when its lines change. Comes before the comment of the review, of which it asks whether it is known.
 */
export async function reportSuggestions(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  suggestions: readonly Suggestion[],
): Promise<void> {
  if (suggestions.length === 0) return;
  const purpose = `suggestions:${pull.headSha}`;
  const key = { repositoryId: repository.id, issue: pull.number, purpose };
  const what = `${purpose} of ${pull.number}`;
  await bot.lock.run(`${repository.id} ${what}`, async () => {
    if ((await getKnownComment(bot.db, key)) !== undefined) return;
    const id = (await isRemembered(bot, repository, pull))
      ? await writeOnce(bot, repository, pull, { what, suggestions })
      : none;
    await saveKnownComment(bot.db, key, { id, hash: "" });
    await endWrite(bot.db, repository.id, what);
  });
}

function markerOf({ headSha }: PullRequestHead): string {
  return hiddenMarker(`suggestions:${headSha}`);
}

/** Whether all that was ever written on the pull request is known. If not, its next head gets suggestions. */
async function isRemembered(
  bot: Bot,
  repository: Repository,
  { number: issue, isNew }: PullRequestHead,
): Promise<boolean> {
  const key = { repositoryId: repository.id, issue, purpose: "review" };
  return isNew || (await getKnownComment(bot.db, key)) !== undefined;
}

interface Offer {
  readonly what: string;
  readonly suggestions: readonly Suggestion[];
}

async function writeOnce(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  { what, suggestions }: Offer,
): Promise<number> {
  const isFirst = await beginWrite(bot.db, repository.id, what);
  const found = isFirst
    ? undefined
    : await findReview(clientFor(bot, repository), pull.number, markerOf(pull));
  return found ?? (await write(bot, repository, pull, suggestions));
}

async function write(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  suggestions: readonly Suggestion[],
): Promise<number> {
  const shown = suggestions.slice(0, mostSuggestions);
  try {
    return await createReview(clientFor(bot, repository), {
      pull: pull.number,
      headSha: pull.headSha,
      body: `${markerOf(pull)}\n${suggestionsHeadline(suggestions.length)}`,
      comments: shown.map(suggestionComment),
    });
  } catch (error) {
    // 422: GitHub cut the diff, or the pull request moved on. The comment and the checks say the same.
    if (!(error instanceof ProblemError) || error.problem.kind !== "invalid") throw error;
    bot.log.warn({ error, pull: pull.number }, "GitHub refused the suggestions");
    return none;
  }
}
