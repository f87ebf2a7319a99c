import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { Account, Repository } from "../types.ts";
import type { Commit, FileChange } from "../git/history.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { emailOf, userShape } from "./user-shape.ts";

/** The account that a commit's address belongs to. */
export function accountOf(world: World, email: string): Account | undefined {
  return [...world.accounts.values()].find((account) => emailOf(account) === email);
}

const unsigned = {
  verified: false,
  reason: "unsigned",
  signature: null,
  payload: null,
  verified_at: null,
};

/** A commit as the list and the page of commits give it (schema `commit`). */
export function commitShape(world: World, repository: Repository, commit: Commit) {
  const api = repositoryApiUrl(world, repository);
  const page = repositoryPageUrl(world, repository);
  const url = `${api}/commits/${commit.sha}`;
  const author = accountOf(world, commit.author.email);
  const committer = accountOf(world, commit.committer.email);
  return {
    url,
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      verification: unsigned,
    },
    author: author === undefined ? null : userShape(world, author),
    committer: committer === undefined ? null : userShape(world, committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  } satisfies components["schemas"]["commit"];
}

/** A commit as git has it (schema `git-commit`). */
export function gitCommitShape(world: World, repository: Repository, commit: Commit) {
  const api = repositoryApiUrl(world, repository);
  const page = repositoryPageUrl(world, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: unsigned,
  } satisfies components["schemas"]["git-commit"];
}

/** A changed file of a pull request or commit (schema `diff-entry`). */
export function fileShape(world: World, repository: Repository, head: string, file: FileChange) {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const page = repositoryPageUrl(world, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${head}/${path}`,
    raw_url: `${page}/raw/${head}/${path}`,
    contents_url: `${repositoryApiUrl(world, repository)}/contents/${path}?ref=${head}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  } satisfies components["schemas"]["diff-entry"];
}
