import type { components } from "@octokit/openapi-types";
import type { Conversation, PullRequest, Repository } from "../types.ts";
import type { World } from "../world.ts";
import { association, labelShape } from "./pull-shape.ts";
import { reactionRollup } from "./reaction-rollup.ts";
import { conversationUrl, nodeId, repositoryApiUrl } from "./urls.ts";
import { userShape } from "./user-shape.ts";

/** An issue, or a pull request seen as one (schema `issue`). */
export function issueShape(world: World, repository: Repository, conversation: Conversation) {
  const api = repositoryApiUrl(world, repository);
  const url = `${api}/issues/${conversation.number.toString()}`;
  const page = conversationUrl(world, repository, conversation.number);
  return {
    id: conversation.id,
    node_id: nodeId("Issue", conversation.id),
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    number: conversation.number,
    state: conversation.state,
    title: conversation.title,
    body: conversation.body,
    user: userShape(world, conversation.user),
    labels: conversation.labels.map((name) => labelShape(world, repository, name)),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    active_lock_reason: null,
    comments: [...repository.comments.values()].filter(
      (comment) => comment.issueNumber === conversation.number,
    ).length,
    ...("head" in conversation ? ofPull(api, page, conversation) : {}),
    closed_at: conversation.closedAt,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    author_association: association(repository, conversation.user),
    reactions: reactionRollup(`${url}/reactions`, []),
    performed_via_github_app: null,
    state_reason: conversation.state === "closed" ? ("completed" as const) : null,
  } satisfies components["schemas"]["issue"];
}

function ofPull(api: string, page: string, pull: PullRequest) {
  return {
    draft: false,
    pull_request: {
      url: `${api}/pulls/${pull.number.toString()}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt,
    },
  };
}
