import { atLeast, roleOf } from "../actor.ts";
import { isValidRefName, resolveCommit } from "../git/refs.ts";
import { bringCommit } from "../git/merge.ts";
import { invalid } from "../refusal.ts";
import { findRepository, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { commitFiles } from "./commit-files.ts";
import { forkRepository } from "./create-repository.ts";
import { openPull } from "./open-pull.ts";

export interface Proposal {
  readonly title: string;
  readonly branch: string;
  readonly path: string;
  readonly content: string;
}

/** Writes one file on a new branch and opens a pull request of it, from a fork where the person may not write. */
export async function proposeFile(
  world: World,
  repository: Repository,
  proposal: Proposal,
  person: Account,
): Promise<PullRequest> {
  const { branch, path, content, title } = proposal;
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part === ".git"))
    throw invalid("File", "path", "the path of the file is malformed");
  if (!(await isValidRefName(repository.directory, `refs/heads/${branch}`)))
    throw invalid("Branch", "branch", "the name of the branch is malformed");
  const writes = atLeast(roleOf(repository, person.login), "write");
  const target = writes ? repository : await forkOf(world, repository, person);
  if ((await resolveCommit(target.directory, `refs/heads/${branch}`)) !== undefined)
    throw invalid("Branch", "branch", `there is a branch ${branch} already`);
  const startFrom = await resolveCommit(
    repository.directory,
    `refs/heads/${repository.defaultBranch}`,
  );
  if (startFrom === undefined) throw invalid("Branch", "base", "the repository is empty");
  if (target !== repository)
    await bringCommit(target.directory, repository.directory, startFrom, "refs/sandbox/parent");
  const files = { [path]: content };
  await commitFiles(world, target, { branch, startFrom, message: title, files }, person);
  const head = target === repository ? branch : `${person.login}:${branch}`;
  const base = repository.defaultBranch;
  return openPull(world, repository, { title, body: null, head, base }, person);
}

async function forkOf(world: World, parent: Repository, person: Account): Promise<Repository> {
  const fork = findRepository(world, person.login, parent.name);
  return fork?.parent === parent ? fork : forkRepository(world, parent, person);
}
