import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { IssueComment, PullRequest, Reaction, Repository, Review } from "../types.ts";
import { appShape } from "./app-shape.ts";
import { association } from "./pull-shape.ts";
import { reactionRollup } from "./reaction-rollup.ts";
import { conversationUrl, nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { userShape } from "./user-shape.ts";

/** A comment of a conversation (schema `issue-comment`). */
export function commentShape(world: World, repository: Repository, comment: IssueComment) {
  const api = repositoryApiUrl(world, repository);
  const url = `${api}/issues/comments/${comment.id.toString()}`;
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url,
    html_url: `${conversationUrl(world, repository, comment.issueNumber)}#issuecomment-${comment.id.toString()}`,
    issue_url: `${api}/issues/${comment.issueNumber.toString()}`,
    body: comment.body,
    user: userShape(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(repository, comment.user),
    reactions: reactionRollup(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.byApp ? appShape(world) : null,
  } satisfies components["schemas"]["issue-comment"];
}

export function reactionShape(world: World, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId("Reaction", reaction.id),
    user: userShape(world, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  } satisfies components["schemas"]["reaction"];
}

/** A review (schema `pull-request-review`). */
export function reviewShape(
  world: World,
  repository: Repository,
  pull: PullRequest,
  review: Review,
) {
  const page = `${repositoryPageUrl(world, repository)}/pull/${pull.number.toString()}`;
  const html = `${page}#pullrequestreview-${review.id.toString()}`;
  const pullUrl = `${repositoryApiUrl(world, repository)}/pulls/${pull.number.toString()}`;
  return {
    id: review.id,
    node_id: nodeId("PullRequestReview", review.id),
    user: userShape(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
    author_association: association(repository, review.user),
  } satisfies components["schemas"]["pull-request-review"];
}
