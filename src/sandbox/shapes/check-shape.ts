import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { Annotation, CheckRun, CheckSuite, Repository } from "../types.ts";
import { appShape } from "./app-shape.ts";
import { minimalPullShape } from "./pull-shape.ts";
import { minimalRepositoryShape } from "./repository-shape.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";

/** Open pull requests of a head; GitHub leaves those of forks out. */
function pullsOf(world: World, repository: Repository, headSha: string) {
  return [...repository.pulls.values()]
    .filter(
      (pull) =>
        pull.state === "open" && pull.head.sha === headSha && pull.head.repository === repository,
    )
    .map((pull) => minimalPullShape(world, repository, pull));
}

/** A check run (schema `check-run`). */
export function checkRunShape(world: World, repository: Repository, run: CheckRun) {
  const url = `${repositoryApiUrl(world, repository)}/check-runs/${run.id.toString()}`;
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPageUrl(world, repository)}/runs/${run.id.toString()}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appShape(world),
    pull_requests: pullsOf(world, repository, run.headSha),
  } satisfies components["schemas"]["check-run"];
}

/** The state of a suite follows from its runs. */
export function suiteState(repository: Repository, suite: CheckSuite) {
  const runs = repository.checkRuns.filter((run) => run.suite === suite);
  if (runs.length === 0) return { status: "queued" as const, conclusion: null };
  if (runs.some((run) => run.status !== "completed"))
    return { status: "in_progress" as const, conclusion: null };
  const failed = runs.some((run) => run.conclusion === "failure" || run.conclusion === "timed_out");
  return {
    status: "completed" as const,
    conclusion: failed ? ("failure" as const) : ("success" as const),
  };
}

/** A suite inside a check run's webhook (schema `simple-check-suite`). */
export function suiteShape(world: World, repository: Repository, suite: CheckSuite) {
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url: `${repositoryApiUrl(world, repository)}/check-suites/${suite.id.toString()}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsOf(world, repository, suite.headSha),
    app: appShape(world),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
  };
}

/** A suite inside the answer to a question for suites, with its repository. */
export function suiteWithRepositoryShape(world: World, repository: Repository, suite: CheckSuite) {
  return {
    ...suiteShape(world, repository, suite),
    repository: minimalRepositoryShape(world, repository),
  };
}

export function annotationShape(
  world: World,
  repository: Repository,
  run: CheckRun,
  annotation: Annotation,
) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn ?? null,
    end_column: annotation.endColumn ?? null,
    annotation_level: annotation.level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.rawDetails ?? null,
    blob_href: `${repositoryPageUrl(world, repository)}/blob/${run.headSha}/${annotation.path}`,
  } satisfies components["schemas"]["check-annotation"];
}
