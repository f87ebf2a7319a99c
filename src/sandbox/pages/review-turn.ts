import { html } from "hono/html";
import { suggestedText } from "../actions/apply-suggestion.ts";
import type { PullRequest, Repository, Review, ReviewComment } from "../types.ts";
import { fullName } from "../world.ts";
import type { Markup } from "./layout.ts";
import { avatar, when } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** A review in the conversation: one line where it only says yes or no, a card where it says more. */
export async function reviewTurn(
  repository: Repository,
  pull: PullRequest,
  review: Review,
  persona: Markup,
): Promise<Markup> {
  const verdict = html`${review.state === "APPROVED" ? "✓" : "•"} @${review.user.login}
  ${review.state.toLowerCase().replace("_", " ")} · ${when(review.submittedAt)}`;
  if (review.body === "" && review.comments.length === 0)
    return html`<p class="event">${verdict}</p>`;
  const comments = await Promise.all(
    review.comments.map((comment) => commentNote(repository, pull, review, comment, persona)),
  );
  return html`<article class="turn">
    ${avatar(review.user)}
    <div class="card">
      <div class="head">${verdict}</div>
      <div class="body">
        <div class="prose">${await renderMarkdown(review.body)}</div>
        ${comments}
      </div>
    </div>
  </article>`;
}

async function commentNote(
  repository: Repository,
  pull: PullRequest,
  review: Review,
  comment: ReviewComment,
  persona: Markup,
): Promise<Markup> {
  const isOutdated = review.commitId !== pull.head.sha;
  const lines =
    comment.startLine === comment.line
      ? comment.line.toString()
      : `${comment.startLine.toString()}-${comment.line.toString()}`;
  return html`<div class="note notice" id="discussion_r${comment.id}">
    <span class="place">${comment.path}:${lines}</span>
    ${isOutdated ? html`<span class="tag">outdated</span>` : ""}
    <div class="prose">${await renderMarkdown(comment.body)}</div>
    ${
      isOutdated || pull.state === "closed" || suggestedText(comment) === undefined
        ? ""
        : suggestionForm(repository, pull, comment, persona)
    }
  </div>`;
}

function suggestionForm(
  repository: Repository,
  pull: PullRequest,
  comment: ReviewComment,
  persona: Markup,
): Markup {
  const action = `/${fullName(repository)}/pull/${pull.number.toString()}/suggestion`;
  return html`<form class="inline" method="post" action="${action}">
    <input type="hidden" name="comment" value="${comment.id}" />
    ${persona} <button class="small">Commit suggestion</button>
  </form>`;
}
