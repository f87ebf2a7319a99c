import { Hono } from "hono";
import { pullStart } from "../actions/pull-facts.ts";
import { requireRead } from "../actor.ts";
import { changedFiles, commitsBetween, newestCommits, readCommit } from "../git/history.ts";
import { isAncestor, resolveCommit } from "../git/refs.ts";
import { Refusal, notFound } from "../refusal.ts";
import { commitShape, fileShape } from "../shapes/commit-shape.ts";
import { simplePullShape } from "../shapes/pull-shape.ts";
import { fullRepositoryShape } from "../shapes/repository-shape.ts";
import { repositoryApiUrl, repositoryPageUrl } from "../shapes/urls.ts";
import type { PullRequest, Repository } from "../types.ts";
import { findRepositoryById } from "../world.ts";
import {
  answer,
  paginate,
  pathNumber,
  pathPart,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo } from "./rights.ts";

export function repositoryRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  app.get("/repos/:owner/:repo", (c) => {
    const repository = repositoryOf(c);
    return answer("repos/get", 200, fullRepositoryShape(c.get("world"), repository));
  });
  app.get("/repositories/:id", (c) => {
    const repository = findRepositoryById(c.get("world"), pathNumber(c, "id"));
    if (repository === undefined) throw notFound();
    requireRead(c.get("actor"), repository);
    return answer("repos/get", 200, fullRepositoryShape(c.get("world"), repository));
  });
  app.get("/repos/:owner/:repo/branches/:branch{.+}", readBranch);
  app.get("/repos/:owner/:repo/commits", listCommits);
  app.get("/repos/:owner/:repo/commits/:sha/pulls", listPulls);
  app.get("/repos/:owner/:repo/commits/:ref{.+}", readOne);
  return app;
}

async function commitOf(c: RestContext, repository: Repository, name: string): Promise<string> {
  const revision = pathPart(c, name);
  const sha = await resolveCommit(repository.directory, revision);
  if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${revision}`);
  return sha;
}

async function readBranch(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const name = pathPart(c, "branch");
  const sha = await resolveCommit(repository.directory, `refs/heads/${name}`);
  if (sha === undefined) throw new Refusal(404, "Branch not found");
  const { requiredChecks, requiredReviews } = repository.protection;
  const guarded = name === repository.defaultBranch && requiredChecks.length + requiredReviews > 0;
  const self = `${repositoryApiUrl(world, repository)}/branches/${name}`;
  return answer("repos/get-branch", 200, {
    name,
    commit: commitShape(world, repository, await readCommit(repository.directory, sha)),
    _links: { self, html: `${repositoryPageUrl(world, repository)}/tree/${name}` },
    protected: guarded,
    protection: {
      enabled: guarded,
      required_status_checks: {
        enforcement_level: guarded ? "everyone" : "off",
        contexts: [...requiredChecks],
        checks: requiredChecks.map((context) => ({ context, app_id: null })),
      },
    },
    protection_url: `${self}/protection`,
  });
}

const mostListed = 250;

async function listCommits(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const revision = c.req.query("sha") ?? repository.defaultBranch;
  const sha = await resolveCommit(repository.directory, revision);
  if (sha === undefined) throw notFound();
  const page = paginate(c, await newestCommits(repository.directory, sha, mostListed));
  const body = page.items.map((commit) => commitShape(c.get("world"), repository, commit));
  return answer("repos/list-commits", 200, body, page.headers);
}

async function readOne(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const commit = await readCommit(repository.directory, await commitOf(c, repository, "ref"));
  const parent = commit.parents[0];
  const files =
    parent === undefined ? [] : await changedFiles(repository.directory, parent, commit.sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return answer("repos/get-commit", 200, {
    ...commitShape(world, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => fileShape(world, repository, commit.sha, file)),
  });
}

async function listPulls(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readPulls");
  const sha = await commitOf(c, repository, "sha");
  const found: PullRequest[] = [];
  for (const pull of repository.pulls.values()) {
    if (await brings(repository, pull, sha)) found.push(pull);
  }
  const page = paginate(c, found);
  const body = page.items.map((pull) => simplePullShape(c.get("world"), repository, pull));
  return answer("repos/list-pull-requests-associated-with-commit", 200, body, page.headers);
}

async function brings(repository: Repository, pull: PullRequest, sha: string): Promise<boolean> {
  if (pull.head.sha === sha) return true;
  if (pull.mergedAt !== null && pull.mergeCommitSha === sha) return true;
  if (!(await isAncestor(repository.directory, sha, pull.head.sha))) return false;
  const start = await pullStart(repository, pull);
  const commits = await commitsBetween(repository.directory, start, pull.head.sha);
  return commits.some((commit) => commit.sha === sha);
}
