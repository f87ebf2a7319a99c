import type { components } from "@octokit/openapi-webhooks-types";
import type { Commit } from "../git/history.ts";
import type { MergeGroup, Repository } from "../types.ts";
import type { World } from "../world.ts";
import { envelope } from "./payloads.ts";

/** The payload of `merge_group` that asks for the checks of a group. */
export function mergeGroupChecksRequested(
  world: World,
  repository: Repository,
  { pull, headSha, headRef, baseSha, by }: MergeGroup,
  { tree, message, author, committer }: Commit,
) {
  return {
    action: "checks_requested",
    merge_group: {
      head_sha: headSha,
      head_ref: headRef,
      base_sha: baseSha,
      base_ref: `refs/heads/${pull.base.ref}`,
      head_commit: {
        id: headSha,
        tree_id: tree,
        message,
        timestamp: committer.date,
        author: { name: author.name, email: author.email },
        committer: { name: committer.name, email: committer.email },
      },
    },
    ...envelope(world, repository, by),
  } satisfies components["schemas"]["webhook-merge-group-checks-requested"];
}
