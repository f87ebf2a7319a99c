import type { components } from "@octokit/openapi-types";
import { roleOf } from "../actor.ts";
import type { PullFacts } from "../actions/pull-facts.ts";
import type { World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { repositoryShape } from "./repository-shape.ts";
import { userShape } from "./user-shape.ts";

/** How an account stands to a repository, in the words of `author_association`. */
export function association(repository: Repository, account: Account) {
  if (repository.owner.id === account.id) return "OWNER" as const;
  if (repository.collaborators.has(account.login.toLowerCase())) return "COLLABORATOR" as const;
  const merged = [...repository.pulls.values()].some(
    (pull) => pull.user.id === account.id && pull.mergedAt !== null,
  );
  return merged && roleOf(repository, account.login) !== "none"
    ? ("CONTRIBUTOR" as const)
    : ("NONE" as const);
}

/** A label as it stands on issues. */
export function labelShape(world: World, repository: Repository, name: string) {
  return {
    id: 1,
    node_id: nodeId("Label", name),
    url: `${repositoryApiUrl(world, repository)}/labels/${encodeURIComponent(name)}`,
    name,
    description: "",
    color: "ededed",
    default: false,
  };
}

function side(world: World, repository: Repository, ref: string, sha: string) {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: userShape(world, repository.owner),
    repo: repositoryShape(world, repository),
  };
}

/** A pull request in a list (schema `pull-request-simple`). */
export function simplePullShape(world: World, repository: Repository, pull: PullRequest) {
  const api = repositoryApiUrl(world, repository);
  const page = `${repositoryPageUrl(world, repository)}/pull/${pull.number.toString()}`;
  const url = `${api}/pulls/${pull.number.toString()}`;
  const issueUrl = `${api}/issues/${pull.number.toString()}`;
  const statuses = `${api}/statuses/${pull.head.sha}`;
  return {
    url,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issueUrl}/comments`,
    statuses_url: statuses,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userShape(world, pull.user),
    body: pull.body,
    labels: pull.labels.map((name) => ({
      ...labelShape(world, repository, name),
      archived_by: null,
    })),
    milestone: null,
    active_lock_reason: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: side(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: side(world, repository, pull.base.ref, pull.base.sha),
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issueUrl },
      comments: { href: `${issueUrl}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: association(repository, pull.user),
    auto_merge: null,
    draft: false,
  } satisfies components["schemas"]["pull-request-simple"];
}

/** A pull request asked for by number (schema `pull-request`). */
export function pullShape(
  world: World,
  repository: Repository,
  pull: PullRequest,
  facts: PullFacts,
) {
  return {
    ...simplePullShape(world, repository, pull),
    merged: pull.mergedAt !== null,
    mergeable: pull.mergeable,
    rebaseable: pull.mergeable,
    mergeable_state: facts.mergeableState,
    merged_by: pull.mergedBy === null ? null : userShape(world, pull.mergedBy),
    comments: [...repository.comments.values()].filter(
      (comment) => comment.issueNumber === pull.number,
    ).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  } satisfies components["schemas"]["pull-request"];
}

/** A pull request as a check names it (schema `pull-request-minimal`). */
export function minimalPullShape(world: World, repository: Repository, pull: PullRequest) {
  const repo = {
    id: repository.id,
    url: repositoryApiUrl(world, repository),
    name: repository.name,
  };
  return {
    id: pull.id,
    number: pull.number,
    url: `${repo.url}/pulls/${pull.number.toString()}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo },
  } satisfies components["schemas"]["pull-request-minimal"];
}
