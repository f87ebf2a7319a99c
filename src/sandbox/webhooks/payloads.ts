import type { components } from "@octokit/openapi-webhooks-types";
import { fullName, type World } from "../world.ts";
import type {
  Account,
  CheckRun,
  CheckSuite,
  Conversation,
  Installation,
  IssueComment,
  PullRequest,
  Repository,
  Review,
} from "../types.ts";
import type { PullFacts } from "../actions/pull-facts.ts";
import { installationShape } from "../shapes/app-shape.ts";
import { checkRunShape, suiteShape } from "../shapes/check-shape.ts";
import { commentShape, reviewShape } from "../shapes/comment-shape.ts";
import { issueShape } from "../shapes/issue-shape.ts";
import { pullShape, simplePullShape } from "../shapes/pull-shape.ts";
import { repositoryShape } from "../shapes/repository-shape.ts";
import { nodeId } from "../shapes/urls.ts";
import { userShape } from "../shapes/user-shape.ts";

type Schemas = components["schemas"];

/** What every payload about a repository carries. */
export function envelope(world: World, repository: Repository, sender: Account) {
  const installation = world.installations.get(repository.owner.login.toLowerCase());
  return {
    repository: repositoryShape(world, repository),
    sender: userShape(world, sender),
    ...(installation === undefined
      ? {}
      : {
          installation: {
            id: installation.id,
            node_id: nodeId("IntegrationInstallation", installation.id),
          },
        }),
  };
}

export interface PullEvent {
  readonly world: World;
  readonly repository: Repository;
  readonly pull: PullRequest;
  readonly facts: PullFacts;
  readonly sender: Account;
}

function pullBody({ world, repository, pull, facts, sender }: PullEvent) {
  return {
    number: pull.number,
    pull_request: pullShape(world, repository, pull, facts),
    ...envelope(world, repository, sender),
  };
}

export function pullOpened(event: PullEvent) {
  return { action: "opened", ...pullBody(event) } satisfies Schemas["webhook-pull-request-opened"];
}

export function pullReopened(event: PullEvent) {
  return {
    action: "reopened",
    ...pullBody(event),
  } satisfies Schemas["webhook-pull-request-reopened"];
}

export function pullClosed(event: PullEvent) {
  return { action: "closed", ...pullBody(event) } satisfies Schemas["webhook-pull-request-closed"];
}

export function pullSynchronized(event: PullEvent, before: string) {
  return {
    action: "synchronize",
    before,
    after: event.pull.head.sha,
    ...pullBody(event),
  } satisfies Schemas["webhook-pull-request-synchronize"];
}

export function pullEdited(
  event: PullEvent,
  changes: Schemas["webhook-pull-request-edited"]["changes"],
) {
  return {
    action: "edited",
    changes,
    ...pullBody(event),
  } satisfies Schemas["webhook-pull-request-edited"];
}

function commentBody(
  world: World,
  repository: Repository,
  conversation: Conversation,
  comment: IssueComment,
  sender: Account,
) {
  return {
    issue: issueShape(world, repository, conversation),
    comment: commentShape(world, repository, comment),
    ...envelope(world, repository, sender),
  };
}

type CommentArguments = Parameters<typeof commentBody>;

export function commentCreated(...about: CommentArguments) {
  return {
    action: "created",
    ...commentBody(...about),
  } satisfies Schemas["webhook-issue-comment-created"];
}

export function commentEdited(from: string, ...about: CommentArguments) {
  return {
    action: "edited",
    changes: { body: { from } },
    ...commentBody(...about),
  } satisfies Schemas["webhook-issue-comment-edited"];
}

export function commentDeleted(...about: CommentArguments) {
  return {
    action: "deleted",
    ...commentBody(...about),
  } satisfies Schemas["webhook-issue-comment-deleted"];
}

function checkRunBody(world: World, repository: Repository, run: CheckRun, sender: Account) {
  return {
    check_run: {
      ...checkRunShape(world, repository, run),
      check_suite: suiteShape(world, repository, run.suite),
    },
    ...envelope(world, repository, sender),
  };
}

type CheckRunArguments = Parameters<typeof checkRunBody>;

export function checkRunCreated(...about: CheckRunArguments) {
  return {
    action: "created",
    ...checkRunBody(...about),
  } satisfies Schemas["webhook-check-run-created"];
}

export function checkRunCompleted(...about: CheckRunArguments) {
  return {
    action: "completed",
    ...checkRunBody(...about),
  } satisfies Schemas["webhook-check-run-completed"];
}

export function checkRunRerequested(...about: CheckRunArguments) {
  return {
    action: "rerequested",
    ...checkRunBody(...about),
  } satisfies Schemas["webhook-check-run-rerequested"];
}

export function checkRunActionRequested(identifier: string, ...about: CheckRunArguments) {
  return {
    action: "requested_action",
    requested_action: { identifier },
    ...checkRunBody(...about),
  } satisfies Schemas["webhook-check-run-requested-action"];
}

export function reviewSubmitted(
  world: World,
  repository: Repository,
  pull: PullRequest,
  review: Review,
) {
  const shape = reviewShape(world, repository, pull, review);
  return {
    action: "submitted",
    review: {
      ...shape,
      state: review.state.toLowerCase(),
      commit_id: review.commitId,
    },
    pull_request: simplePullShape(world, repository, pull),
    ...envelope(world, repository, review.user),
  } satisfies Schemas["webhook-pull-request-review-submitted"];
}

export function installationCreated(
  world: World,
  installation: Installation,
  repositories: readonly Repository[],
) {
  return {
    action: "created",
    installation: installationShape(world, installation),
    repositories: repositories.map((repository) => ({
      id: repository.id,
      node_id: nodeId("Repository", repository.id),
      name: repository.name,
      full_name: fullName(repository),
      private: repository.private,
    })),
    sender: userShape(world, installation.account),
  } satisfies Schemas["webhook-installation-created"];
}

export function suiteRequested(
  world: World,
  repository: Repository,
  suite: CheckSuite,
  headCommit: Schemas["webhook-check-suite-requested"]["check_suite"]["head_commit"],
  sender: Account,
) {
  const shape = suiteShape(world, repository, suite);
  const { id, slug, node_id, owner, name, description, external_url, html_url } = shape.app;
  const { created_at, updated_at } = shape.app;
  const briefApp = {
    id,
    slug,
    node_id,
    owner,
    name,
    description,
    external_url,
    html_url,
    created_at,
    updated_at,
  };
  return {
    action: "requested",
    check_suite: {
      ...shape,
      app: briefApp,
      head_commit: headCommit,
      latest_check_runs_count: 0,
      check_runs_url: `${shape.url}/check-runs`,
    },
    ...envelope(world, repository, sender),
  } satisfies Schemas["webhook-check-suite-requested"];
}
