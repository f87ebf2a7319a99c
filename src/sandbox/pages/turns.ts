import { html } from "hono/html";
import type { IssueComment, Reaction } from "../types.ts";
import type { Markup } from "./layout.ts";
import { avatar, when } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

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

/** A comment with its reactions. */
export async function commentTurn(comment: IssueComment): Promise<Markup> {
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

/** What somebody wrote, as a card. */
export async function turn(
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
