import type { components } from "@octokit/openapi-types";
import type { PullRequest, Repository, Review, ReviewComment } from "../types.ts";
import type { World } from "../world.ts";
import { association } from "./pull-shape.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { userShape } from "./user-shape.ts";

/** A comment on lines of a diff (schema `pull-request-review-comment`). */
export function reviewCommentShape(
  world: World,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  comment: ReviewComment,
) {
  const api = repositoryApiUrl(world, repository);
  const pullUrl = `${api}/pulls/${pull.number.toString()}`;
  const url = `${api}/pulls/comments/${comment.id.toString()}`;
  const page = `${repositoryPageUrl(world, repository)}/pull/${pull.number.toString()}`;
  const html = `${page}#discussion_r${comment.id.toString()}`;
  const startLine = comment.startLine === comment.line ? null : comment.startLine;
  return {
    url,
    pull_request_review_id: review.id,
    id: comment.id,
    node_id: nodeId("PullRequestReviewComment", comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: review.commitId,
    original_commit_id: review.commitId,
    user: userShape(world, review.user),
    body: comment.body,
    created_at: review.submittedAt,
    updated_at: review.submittedAt,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: association(repository, review.user),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    start_line: startLine,
    original_start_line: startLine,
    start_side: startLine === null ? null : "RIGHT",
    line: comment.line,
    original_line: comment.line,
    side: "RIGHT",
    subject_type: "line",
  } satisfies components["schemas"]["pull-request-review-comment"];
}
