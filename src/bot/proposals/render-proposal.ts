import type { Issue } from "../../github/issues.ts";
import { renderCoAuthor } from "../render-co-author.ts";

/** The title of the pull request of a proposal. Names of streams hold nothing that Markdown or GitHub would read. */
export function renderProposalTitle({ name }: { readonly name: string }): string {
  return `Add the stream ${name}`;
}

/** Whether nobody gave it another title. */
export function isOurTitle(title: string): boolean {
  return /^Add the stream [a-z0-9-]+$/.test(title);
}

/** The message of a proposal's commit, which credits who proposed it. */
export function renderProposalCommit(
  name: string,
  { number, author }: Pick<Issue, "number" | "author">,
  gitHubUrl: string,
): string {
  const title = renderProposalTitle({ name });
  return `${title}\n\nProposed in #${number}.\n\n${renderCoAuthor(author, gitHubUrl)}\n`;
}

/** The body of the pull request. It mentions who proposed the stream, so that they hear of its review. */
export function renderProposalBody({ number, author }: Pick<Issue, "number" | "author">): string {
  return [
    `@${author.login} proposes this stream in #${number}. The bot made its file of the form that they filled in there, and the default branch has no error with it. It is reviewed like every other change, and nothing is built before it is merged.`,
    `- To change it, edit #${number}: the bot commits what changes.\n- Or commit to this branch. From then on the bot leaves it alone.\n- To decline it, close this pull request and say why.`,
    `Closes #${number}`,
  ].join("\n\n");
}
