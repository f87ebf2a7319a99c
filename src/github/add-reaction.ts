import type { GitHubClient } from "./create-github-app.ts";

export type Reaction = "+1" | "-1" | "laugh" | "confused" | "heart" | "hooray" | "rocket" | "eyes";

/** Reacts to a comment on an issue or pull request; GitHub keeps one reaction of a kind, so repeating it is harmless. */
export async function addReaction(
  client: GitHubClient,
  commentId: number,
  content: Reaction,
): Promise<void> {
  await client.octokit.rest.reactions.createForIssueComment({
    owner: client.owner,
    repo: client.name,
    comment_id: commentId,
    content,
  });
}
