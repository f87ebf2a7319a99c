import { html } from "hono/html";
import type { PullRequest, Repository } from "../types.ts";
import type { Markup } from "./layout.ts";
import { when } from "./parts.ts";
import { reviewTurn } from "./review-turn.ts";
import { commentTurn, turn } from "./turns.ts";

interface Moment {
  readonly at: string;
  readonly markup: Markup;
}

/** What happened in a pull request, in order: comments, pushes, reviews, its end. */
export async function timeline(
  repository: Repository,
  pull: PullRequest,
  persona: Markup,
): Promise<Markup> {
  const comments = [...repository.comments.values()].filter(
    (comment) => comment.issueNumber === pull.number,
  );
  const moments: Moment[] = [
    ...pull.pushes.slice(1).map((push) => ({
      at: push.at,
      markup: html`<p class="event">
        ↑ @${push.by.login} pushed <code>${push.sha.slice(0, 10)}</code> · ${when(push.at)}
      </p>`,
    })),
    ...(await Promise.all(
      pull.reviews.map(async (review) => ({
        at: review.submittedAt,
        markup: await reviewTurn(repository, pull, review, persona),
      })),
    )),
    ...(await Promise.all(
      comments.map(async (comment) => ({
        at: comment.createdAt,
        markup: await commentTurn(comment),
      })),
    )),
    ...ending(pull),
  ];
  // Array.prototype.sort is stable: what happened within one second stays in order of kind.
  const inOrder = moments.sort((one, other) => one.at.localeCompare(other.at));
  return html`${await turn(pull, pull.body ?? "_No description._", pull.createdAt)}
  ${inOrder.map((moment) => moment.markup)}`;
}

function ending(pull: PullRequest): readonly Moment[] {
  if (pull.closedAt === null) return [];
  const by = pull.mergedBy === null ? "" : ` by @${pull.mergedBy.login}`;
  const word = pull.mergedAt === null ? "Closed" : "Merged";
  return [
    {
      at: pull.closedAt,
      markup: html`<p class="event">◆ ${word}${by} · ${when(pull.closedAt)}</p>`,
    },
  ];
}
