import type { components } from "@octokit/openapi-webhooks-types";
import { issueShape } from "../shapes/issue-shape.ts";
import { labelShape } from "../shapes/pull-shape.ts";
import type { Account, Issue, Repository } from "../types.ts";
import type { World } from "../world.ts";
import { envelope } from "./payloads.ts";

type Schemas = components["schemas"];

function issueBody(world: World, repository: Repository, issue: Issue, sender: Account) {
  return {
    issue: issueShape(world, repository, issue),
    ...envelope(world, repository, sender),
  };
}

type IssueArguments = Parameters<typeof issueBody>;

export function issueOpened(...about: IssueArguments) {
  return { action: "opened", ...issueBody(...about) } satisfies Schemas["webhook-issues-opened"];
}

export function issueEdited(
  from: { readonly title: string; readonly body: string | null },
  ...about: IssueArguments
) {
  const [, , { title, body }] = about;
  return {
    action: "edited",
    changes: {
      ...(title === from.title ? {} : { title: { from: from.title } }),
      ...(body === from.body ? {} : { body: { from: from.body ?? "" } }),
    },
    ...issueBody(...about),
  } satisfies Schemas["webhook-issues-edited"];
}

/** By the published types the labels of some events have more fields than by GitHub's description of these events. */
export function issueLabeled(label: string, ...about: IssueArguments) {
  const [world, repository] = about;
  const body = { action: "labeled", ...issueBody(...about) } satisfies Omit<
    Schemas["webhook-issues-labeled"],
    "issue" | "label"
  >;
  return { ...body, label: labelShape(world, repository, label) };
}

/** By the published type of the issue, the labels of a closed one have no fields at all. */
export function issueClosed(...about: IssueArguments) {
  return { action: "closed", ...issueBody(...about) } satisfies Omit<
    Schemas["webhook-issues-closed"],
    "issue"
  >;
}

export function issueReopened(...about: IssueArguments) {
  return {
    action: "reopened",
    ...issueBody(...about),
  } satisfies Schemas["webhook-issues-reopened"];
}
