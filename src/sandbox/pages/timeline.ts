import { html } from "hono/html";
import type { IssueComment, PullRequest, Reaction, Repository } from "../types.ts";
import type { Markup } from "./layout.ts";
import { avatar, when } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { reviewTurn } from "./review-turn.ts";

const faces: Readonly<Record<Reaction["content"], string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
};

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

async function commentTurn(comment: IssueComment): Promise<Markup> {
  const edited =
    comment.updatedAt === comment.createdAt ? "" : html` · edited ${when(comment.updatedAt)}`;
  const counts = new Map<string, number>();
  for (const { content } of comment.reactions)
    counts.set(faces[content], (counts.get(faces[content]) ?? 0) + 1);
  const reactions = html`<div class="reactions">
    ${[...counts].map(([face, count]) => html`<span>${face} ${count}</span>`)}
  </div>`;
  return turn(comment, comment.body, comment.createdAt, edited, counts.size > 0 ? reactions : "");
}

async function turn(
  by: Pick<IssueComment, "user">,
  body: string,
  at: string,
  edited: Markup | "" = "",
  footer: Markup | "" = "",
): Promise<Markup> {
  const { user } = by;
  return html`<article class="turn">
    ${avatar(user)}
    <div class="card">
      <div class="head">
        <strong>@${user.login}</strong>
        ${user.type === "Bot" ? html`<span class="tag">bot</span>` : ""} ${when(at)}${edited}
      </div>
      <div class="body">
        <div class="prose">${await renderMarkdown(body)}</div>
        ${footer}
      </div>
    </div>
  </article>`;
}
