import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import PQueue from "p-queue";
import { type Actor, atLeast, covers, grants, requireRead, roleOf } from "../actor.ts";
import { afterPush } from "../actions/after-push.ts";
import { answerWithHttpBackend } from "../git/http-backend.ts";
import { listRefs, zeroSha } from "../git/refs.ts";
import { Refusal } from "../refusal.ts";
import type { Account, Repository } from "../types.ts";
import { findRepository, type World } from "../world.ts";
import { identify } from "./identify.ts";

type GitContext = Context<{ Bindings: HttpBindings }>;

/** Git over HTTP (the smart protocol) at /OWNER/REPO.git and /OWNER/REPO. */
export function gitHttpRoutes(world: World): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get("/:owner/:repo/info/refs", (c) =>
    serve(world, c, "/info/refs", c.req.query("service") === "git-receive-pack"),
  );
  app.post("/:owner/:repo/git-upload-pack", (c) => serve(world, c, "/git-upload-pack", false));
  app.post("/:owner/:repo/git-receive-pack", (c) => serve(world, c, "/git-receive-pack", true));
  return app;
}

async function serve(
  world: World,
  c: GitContext,
  path: string,
  writes: boolean,
): Promise<Response> {
  const { owner = "", repo = "" } = c.req.param();
  const repository = findRepository(world, owner, repo.replace(/\.git$/, ""));
  try {
    const actor = identify(world, c.req.header("authorization"));
    if (repository === undefined) throw new Refusal(404, "Repository not found.");
    requireRead(actor, repository);
    if (!writes) return await askBackend(c, repository, path);
    const pusher = requirePush(actor, repository);
    return await receive(world, c, repository, path, pusher);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const headers =
      error.status === 401 ? { "www-authenticate": 'Basic realm="GitHub stand-in"' } : undefined;
    return c.text(error.message, error.status, headers);
  }
}

function requirePush(actor: Actor, repository: Repository): Account {
  if (actor.kind === "anonymous" || actor.kind === "app")
    throw new Refusal(401, "Authentication is needed to push.");
  const allowed =
    actor.kind === "installation"
      ? grants(actor.token, "contents", "write") && covers(actor.token, repository)
      : atLeast(roleOf(repository, actor.account.login), "write");
  if (allowed) return actor.account;
  const name = `${repository.owner.login}/${repository.name}.git`;
  throw new Refusal(403, `Permission to ${name} denied to ${actor.account.login}.`);
}

async function receive(
  world: World,
  c: GitContext,
  repository: Repository,
  path: string,
  pusher: Account,
): Promise<Response> {
  if (path === "/info/refs") return askBackend(c, repository, path);
  const push = (): Promise<Response> => receivePack(world, c, repository, path, pusher);
  return pushesOf(repository).add(push, { throwOnTimeout: true });
}

/** One push after the other: refs are compared before and after, and a second one would be seen twice. */
function pushesOf(repository: Repository): PQueue {
  const known = pushes.get(repository);
  if (known !== undefined) return known;
  const queue = new PQueue({ concurrency: 1 });
  pushes.set(repository, queue);
  return queue;
}

const pushes = new WeakMap<Repository, PQueue>();

async function receivePack(
  world: World,
  c: GitContext,
  repository: Repository,
  path: string,
  pusher: Account,
): Promise<Response> {
  const before = await pushableRefs(repository);
  const response = await askBackend(c, repository, path);
  const after = await pushableRefs(repository);
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    const change = { before: before.get(ref) ?? zeroSha, after: after.get(ref) ?? zeroSha };
    if (change.before !== change.after)
      await afterPush(world, repository, { ref, ...change }, pusher);
  }
  return response;
}

async function pushableRefs(repository: Repository): Promise<Map<string, string>> {
  const heads = await listRefs(repository.directory, "refs/heads/");
  const tags = await listRefs(repository.directory, "refs/tags/");
  return new Map([...heads, ...tags]);
}

function askBackend(c: GitContext, repository: Repository, path: string): Promise<Response> {
  return answerWithHttpBackend(repository.directory, {
    method: c.req.method,
    path,
    query: new URL(c.req.url).search.slice(1),
    contentType: c.req.header("content-type"),
    contentEncoding: c.req.header("content-encoding"),
    protocol: c.req.header("git-protocol"),
    body: c.req.method === "POST" ? c.env.incoming : undefined,
  });
}
