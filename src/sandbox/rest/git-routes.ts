import { Hono } from "hono";
import * as z from "zod";
import { afterPush } from "../actions/after-push.ts";
import { identityOf } from "../actions/identity.ts";
import { readCommit } from "../git/history.ts";
import { readBlob, readTree, writeBlob, writeCommit, writeTree } from "../git/objects.ts";
import {
  deleteRef,
  isAncestor,
  isValidRefName,
  listRefs,
  readRef,
  resolveCommit,
  updateRef,
  zeroSha,
} from "../git/refs.ts";
import { Refusal, invalid, notFound } from "../refusal.ts";
import { gitCommitShape } from "../shapes/commit-shape.ts";
import { nodeId, repositoryApiUrl } from "../shapes/urls.ts";
import type { Repository } from "../types.ts";
import { timestamp, type World } from "../world.ts";
import {
  answer,
  noContent,
  paginate,
  pathPart,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

/** Git's own objects and refs. */
export function gitRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const base = "/repos/:owner/:repo/git";
  app.get(`${base}/ref/:ref{.+}`, async (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readContents");
    const ref = `refs/${pathPart(c, "ref")}`;
    const sha = await readRef(repository.directory, ref);
    if (sha === undefined) throw notFound();
    return answer("git/get-ref", 200, refShape(c.get("world"), repository, ref, sha));
  });
  app.get(`${base}/matching-refs/:ref{.+}`, matchingRefs);
  app.post(`${base}/refs`, createRef);
  app.patch(`${base}/refs/:ref{.+}`, moveRef);
  app.delete(`${base}/refs/:ref{.+}`, removeRef);
  app.get(`${base}/blobs/:sha`, getBlob);
  app.post(`${base}/blobs`, createBlob);
  app.get(`${base}/trees/:sha{.+}`, getTree);
  app.post(`${base}/trees`, createTree);
  app.get(`${base}/commits/:sha`, async (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readContents");
    const sha = await resolveCommit(repository.directory, pathPart(c, "sha"));
    if (sha === undefined) throw notFound();
    const commit = await readCommit(repository.directory, sha);
    return answer("git/get-commit", 200, gitCommitShape(c.get("world"), repository, commit));
  });
  app.post(`${base}/commits`, createCommit);
  return app;
}

function refShape(world: World, repository: Repository, ref: string, sha: string) {
  const api = `${repositoryApiUrl(world, repository)}/git`;
  return {
    ref,
    node_id: nodeId("Ref", ref),
    url: `${api}/${ref}`,
    object: { type: "commit", sha, url: `${api}/commits/${sha}` },
  };
}

async function matchingRefs(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const prefix = `refs/${pathPart(c, "ref")}`;
  const all = [...(await listRefs(repository.directory))].filter(([ref]) => ref.startsWith(prefix));
  const page = paginate(c, all);
  const body = page.items.map(([ref, sha]) => refShape(c.get("world"), repository, ref, sha));
  return answer("git/list-matching-refs", 200, body, page.headers);
}

const newRef = z.object({ ref: z.string(), sha: z.string() });

async function createRef(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  const pusher = requireTo(c, repository, "writeContents");
  const { ref, sha } = await readBody(c, newRef);
  const { directory } = repository;
  if (!/^refs\/(heads|tags)\/./.test(ref) || !(await isValidRefName(directory, ref)))
    throw new Refusal(422, `Reference name must start with 'refs/heads/' or 'refs/tags/'`);
  if ((await resolveCommit(directory, sha)) !== sha)
    throw new Refusal(422, "Object does not exist");
  if (!(await updateRef(directory, ref, sha, zeroSha)))
    throw new Refusal(422, "Reference already exists");
  await afterPush(world, repository, { ref, before: zeroSha, after: sha }, pusher);
  return answer("git/create-ref", 201, refShape(world, repository, ref, sha));
}

const movedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

async function moveRef(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  const pusher = requireTo(c, repository, "writeContents");
  const { sha, force } = await readBody(c, movedRef);
  const { directory } = repository;
  const ref = `refs/${pathPart(c, "ref")}`;
  const before = await readRef(directory, ref);
  if (before === undefined) throw new Refusal(422, "Reference does not exist");
  if ((await resolveCommit(directory, sha)) !== sha)
    throw new Refusal(422, "Object does not exist");
  if (!force && !(await isAncestor(directory, before, sha)))
    throw new Refusal(422, "Update is not a fast forward");
  if (!(await updateRef(directory, ref, sha, before)))
    throw new Refusal(409, "Reference was modified meanwhile");
  if (before !== sha) await afterPush(world, repository, { ref, before, after: sha }, pusher);
  return answer("git/update-ref", 200, refShape(world, repository, ref, sha));
}

async function removeRef(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const pusher = requireTo(c, repository, "writeContents");
  const ref = `refs/${pathPart(c, "ref")}`;
  const before = await readRef(repository.directory, ref);
  if (before === undefined) throw new Refusal(422, "Reference does not exist");
  await deleteRef(repository.directory, ref);
  await afterPush(c.get("world"), repository, { ref, before, after: zeroSha }, pusher);
  return noContent();
}

async function getBlob(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const sha = pathPart(c, "sha");
  const content = await readBlob(repository.directory, sha);
  if (content === undefined) throw notFound();
  return answer("git/get-blob", 200, {
    sha,
    node_id: nodeId("Blob", sha),
    size: content.length,
    url: `${repositoryApiUrl(c.get("world"), repository)}/git/blobs/${sha}`,
    content: content.toString("base64"),
    encoding: "base64",
  });
}

const newBlob = z.object({
  content: z.string(),
  encoding: z.enum(["utf-8", "base64"]).default("utf-8"),
});

async function createBlob(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  requireTo(c, repository, "writeContents");
  const { content, encoding } = await readBody(c, newBlob);
  const bytes = Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
  const sha = await writeBlob(repository.directory, bytes);
  const url = `${repositoryApiUrl(c.get("world"), repository)}/git/blobs/${sha}`;
  return answer("git/create-blob", 201, { url, sha });
}

async function treeShape(c: RestContext, repository: Repository, sha: string, deep: boolean) {
  const entries = await readTree(repository.directory, sha, deep);
  if (entries === undefined) throw notFound();
  const api = `${repositoryApiUrl(c.get("world"), repository)}/git`;
  return {
    sha,
    url: `${api}/trees/${sha}`,
    tree: entries.map((entry) => ({ ...entry, url: `${api}/${entry.type}s/${entry.sha}` })),
    truncated: false,
  };
}

async function getTree(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const deep = c.req.query("recursive") !== undefined;
  const body = await treeShape(c, repository, pathPart(c, "sha"), deep);
  return answer("git/get-tree", 200, body);
}

const newTree = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({
      path: z.string().min(1),
      mode: z.enum(["100644", "100755", "120000"]).default("100644"),
      type: z.literal("blob").optional(),
      sha: z.string().nullish(),
      content: z.string().optional(),
    }),
  ),
});

async function createTree(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  requireTo(c, repository, "writeContents");
  const wanted = await readBody(c, newTree);
  const changes = await Promise.all(
    wanted.tree.map(async ({ path, mode, sha, content }) => ({
      path,
      mode,
      sha: content === undefined ? (sha ?? null) : await writeBlob(repository.directory, content),
    })),
  );
  if (changes.some((change) => change.path.split("/").includes("..")))
    throw invalid("Tree", "path", "tree.path contains a malformed path component");
  const tree = await writeTree(repository.directory, wanted.base_tree, changes);
  return answer("git/create-tree", 201, await treeShape(c, repository, tree, false));
}

const person = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});

const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: person.optional(),
});

async function createCommit(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const account = requireTo(c, repository, "writeContents");
  const { message, tree, parents, author } = await readBody(c, newCommit);
  const now = timestamp();
  const self = identityOf(account, now);
  const sha = await writeCommit(repository.directory, {
    message,
    tree,
    parents,
    author: author === undefined ? self : { ...author, date: author.date ?? now },
    committer: self,
  });
  const commit = await readCommit(repository.directory, sha);
  return answer("git/create-commit", 201, gitCommitShape(c.get("world"), repository, commit));
}
