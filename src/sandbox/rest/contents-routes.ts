import { Hono } from "hono";
import * as z from "zod";
import { commitFiles } from "../actions/commit-files.ts";
import { readCommit } from "../git/history.ts";
import { readBlob, readTree, type TreeEntry } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import { Refusal, notFound } from "../refusal.ts";
import { gitCommitShape } from "../shapes/commit-shape.ts";
import { repositoryApiUrl, repositoryPageUrl } from "../shapes/urls.ts";
import type { Repository } from "../types.ts";
import {
  answer,
  pathPart,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

export function contentsRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const path = "/repos/:owner/:repo/contents/:path{.*}";
  app.get(path, readContents);
  app.put(path, writeContents);
  return app;
}

function links(c: RestContext, repository: Repository, entry: TreeEntry, ref: string) {
  const api = repositoryApiUrl(c.get("world"), repository);
  const page = repositoryPageUrl(c.get("world"), repository);
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const self = `${api}/contents/${path}?ref=${ref}`;
  const git = `${api}/git/${entry.type}s/${entry.sha}`;
  const html = `${page}/blob/${ref}/${path}`;
  return {
    name: entry.path.split("/").at(-1) ?? entry.path,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    git_url: git,
    html_url: html,
    _links: { self, git, html },
  };
}

function downloadUrl(
  c: RestContext,
  repository: Repository,
  entry: TreeEntry,
  ref: string,
): string {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  return `${repositoryPageUrl(c.get("world"), repository)}/raw/${ref}/${path}`;
}

async function findEntry(
  repository: Repository,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const entries = await readTree(repository.directory, commit, true);
  return entries?.find((entry) => entry.path === path);
}

async function readContents(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readContents");
  const ref = c.req.query("ref") ?? repository.defaultBranch;
  const commit = await resolveCommit(repository.directory, ref);
  if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const path = pathPart(c, "path").replace(/\/$/, "");
  const entry = path === "" ? undefined : await findEntry(repository, commit, path);
  if (path === "" || entry?.type === "tree") {
    const entries = await readTree(repository.directory, `${commit}:${path}`, false);
    const prefix = path === "" ? "" : `${path}/`;
    const body = (entries ?? [])
      .map((each) => ({ ...each, path: `${prefix}${each.path}` }))
      .map((each) => ({
        ...links(c, repository, each, ref),
        download_url: each.type === "tree" ? null : downloadUrl(c, repository, each, ref),
        type: each.type === "tree" ? ("dir" as const) : ("file" as const),
      }));
    return answer("repos/get-content", 200, body);
  }
  if (entry === undefined) throw notFound();
  const content = await readBlob(repository.directory, entry.sha);
  if (content === undefined) throw notFound();
  return answer("repos/get-content", 200, {
    ...links(c, repository, entry, ref),
    download_url: downloadUrl(c, repository, entry, ref),
    type: "file",
    encoding: "base64",
    content: content.toString("base64"),
  });
}

const newContent = z.object({
  message: z.string(),
  content: z.string(),
  branch: z.string().optional(),
  sha: z.string().optional(),
});

async function writeContents(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  const by = requireTo(c, repository, "writeContents");
  const path = pathPart(c, "path");
  const {
    message,
    content,
    branch = repository.defaultBranch,
    sha,
  } = await readBody(c, newContent);
  const known = await findEntry(repository, `refs/heads/${branch}`, path);
  if (known !== undefined && sha === undefined)
    throw new Refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (known?.sha !== sha) throw new Refusal(409, `${path} does not match ${sha ?? ""}`);
  const files = { [path]: Buffer.from(content, "base64") };
  const commitSha = await commitFiles(world, repository, { branch, message, files }, by);
  const entry = await findEntry(repository, commitSha, path);
  const commit = await readCommit(repository.directory, commitSha);
  const body = {
    content: entry === undefined ? null : { ...links(c, repository, entry, branch), type: "file" },
    commit: gitCommitShape(world, repository, commit),
  };
  const operation = "repos/create-or-update-file-contents";
  return known === undefined ? answer(operation, 201, body) : answer(operation, 200, body);
}
