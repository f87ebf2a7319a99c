import { Hono } from "hono";
import * as z from "zod";
import { atLeast, roleOf } from "../actor.ts";
import { mergePull } from "../actions/merge-pull.ts";
import { openPull } from "../actions/open-pull.ts";
import { pullFacts, pullStart } from "../actions/pull-facts.ts";
import { limitContent } from "../actions/content-limit.ts";
import { updatePull } from "../actions/update-pull.ts";
import { changedFiles, commitsBetween } from "../git/history.ts";
import { Refusal } from "../refusal.ts";
import { commitShape, fileShape } from "../shapes/commit-shape.ts";
import { pullShape, simplePullShape } from "../shapes/pull-shape.ts";
import type { PullRequest } from "../types.ts";
import {
  answer,
  paginate,
  pullOf,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

export function pullRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const base = "/repos/:owner/:repo/pulls";
  app.get(base, listPulls);
  app.post(base, createPull);
  app.get(`${base}/:number`, async (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readPulls");
    const pull = pullOf(c, repository);
    const facts = await pullFacts(repository, pull);
    return answer("pulls/get", 200, pullShape(c.get("world"), repository, pull, facts));
  });
  app.patch(`${base}/:number`, patchPull);
  app.get(`${base}/:number/files`, listFiles);
  app.get(`${base}/:number/commits`, listCommits);
  app.put(`${base}/:number/merge`, merge);
  return app;
}

function listPulls(c: RestContext): Response {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readPulls");
  const { state = "open", head, base, direction, sort } = c.req.query();
  const matches = (pull: PullRequest): boolean =>
    (state === "all" || pull.state === state) &&
    (base === undefined || pull.base.ref === base) &&
    (head === undefined || `${pull.head.repository.owner.login}:${pull.head.ref}` === head);
  const key = (pull: PullRequest): string =>
    sort === "updated" ? pull.updatedAt : pull.number.toString().padStart(9, "0");
  const found = [...repository.pulls.values()]
    .filter(matches)
    .sort((one, other) => key(one).localeCompare(key(other)));
  const page = paginate(c, direction === "asc" ? found : found.reverse());
  const body = page.items.map((pull) => simplePullShape(c.get("world"), repository, pull));
  return answer("pulls/list", 200, body, page.headers);
}

const newPull = z.object({
  title: z.string().min(1),
  head: z.string().min(1),
  base: z.string().min(1),
  body: z.string().nullish(),
});

async function createPull(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  const author = requireTo(c, repository, "writePulls");
  const wanted = await readBody(c, newPull);
  limitContent(world);
  const pull = await openPull(world, repository, { ...wanted, body: wanted.body ?? null }, author);
  const facts = await pullFacts(repository, pull);
  return answer("pulls/create", 201, pullShape(world, repository, pull, facts));
}

const pullChanges = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});

async function patchPull(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  const sender = requireTo(c, repository, "writePulls");
  const pull = pullOf(c, repository);
  const mayEdit =
    c.get("actor").kind === "installation" ||
    pull.user.id === sender.id ||
    atLeast(roleOf(repository, sender.login), "write");
  if (!mayEdit) throw new Refusal(403, "Resource not accessible by personal access token");
  await updatePull(world, repository, pull, await readBody(c, pullChanges), sender);
  const facts = await pullFacts(repository, pull);
  return answer("pulls/update", 200, pullShape(world, repository, pull, facts));
}

const mostFiles = 3000;

async function listFiles(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readPulls");
  const pull = pullOf(c, repository);
  const start = await pullStart(repository, pull);
  const files = await changedFiles(repository.directory, start, pull.head.sha);
  const page = paginate(c, files.slice(0, mostFiles));
  const body = page.items.map((file) => fileShape(c.get("world"), repository, pull.head.sha, file));
  return answer("pulls/list-files", 200, body, page.headers);
}

async function listCommits(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readPulls");
  const pull = pullOf(c, repository);
  const start = await pullStart(repository, pull);
  const page = paginate(c, await commitsBetween(repository.directory, start, pull.head.sha));
  const body = page.items.map((commit) => commitShape(c.get("world"), repository, commit));
  return answer("pulls/list-commits", 200, body, page.headers);
}

const mergeRequest = z.object({
  merge_method: z.enum(["merge", "squash", "rebase"]).default("merge"),
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});

async function merge(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const by = requireTo(c, repository, "writeContents");
  const pull = pullOf(c, repository);
  const wanted = await readBody(c, mergeRequest);
  const sha = await mergePull(
    c.get("world"),
    repository,
    pull,
    {
      method: wanted.merge_method,
      sha: wanted.sha,
      title: wanted.commit_title,
      message: wanted.commit_message,
    },
    by,
  );
  return answer("pulls/merge", 200, {
    sha,
    merged: true,
    message: "Pull Request successfully merged",
  });
}
