import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { reactionContents } from "../types.ts";
import {
  type IssueComment,
  type PullRequest,
  type Reaction,
  type Repository,
  type Review,
} from "../types.ts";
import { appShape } from "./app-shape.ts";
import { association, labelShape } from "./pull-shape.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { userShape } from "./user-shape.ts";

function rollup(url: string, reactions: readonly Reaction[]) {
  const count = (content: (typeof reactionContents)[number]): number =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    confused: count("confused"),
    heart: count("heart"),
    hooray: count("hooray"),
    eyes: count("eyes"),
    rocket: count("rocket"),
  };
}

/** A comment of a conversation (schema `issue-comment`). */
export function commentShape(world: World, repository: Repository, comment: IssueComment) {
  const api = repositoryApiUrl(world, repository);
  const url = `${api}/issues/comments/${comment.id.toString()}`;
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url,
    html_url: `${repositoryPageUrl(world, repository)}/pull/${comment.issueNumber.toString()}#issuecomment-${comment.id.toString()}`,
    issue_url: `${api}/issues/${comment.issueNumber.toString()}`,
    body: comment.body,
    user: userShape(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(repository, comment.user),
    reactions: rollup(`${url}/reactions`, comment.reactions),
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

/** A pull request seen as an issue (schema `issue`). */
export function issueShape(world: World, repository: Repository, pull: PullRequest) {
  const api = repositoryApiUrl(world, repository);
  const url = `${api}/issues/${pull.number.toString()}`;
  const page = `${repositoryPageUrl(world, repository)}/pull/${pull.number.toString()}`;
  return {
    id: pull.id,
    node_id: nodeId("Issue", pull.id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    user: userShape(world, pull.user),
    labels: pull.labels.map((name) => labelShape(world, repository, name)),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: [...repository.comments.values()].filter(
      (comment) => comment.issueNumber === pull.number,
    ).length,
    pull_request: {
      url: `${api}/pulls/${pull.number.toString()}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt,
    },
    closed_at: pull.closedAt,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    author_association: association(repository, pull.user),
    draft: false,
    reactions: rollup(`${url}/reactions`, []),
    performed_via_github_app: null,
    state_reason: null,
  } satisfies components["schemas"]["issue"];
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
