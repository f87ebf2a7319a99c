import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { notFound } from "../refusal.ts";
import type { Issue, PullRequest, Repository } from "../types.ts";
import { findRepository, type World } from "../world.ts";

export interface PagesEnv {
  Bindings: HttpBindings;
}

/** The repository that a page's path names; private ones have no pages. */
export function repositoryOf(world: World, c: Context<PagesEnv>): Repository {
  const { owner = "", repo = "" } = c.req.param();
  const repository = findRepository(world, owner, repo);
  if (repository === undefined || repository.private) throw notFound();
  return repository;
}

export function pullOf(repository: Repository, c: Context<PagesEnv>): PullRequest {
  const pull = repository.pulls.get(Number(c.req.param("number")));
  if (pull === undefined) throw notFound();
  return pull;
}

export function issueOf(repository: Repository, c: Context<PagesEnv>): Issue {
  const issue = repository.issues.get(Number(c.req.param("number")));
  if (issue === undefined) throw notFound();
  return issue;
}
