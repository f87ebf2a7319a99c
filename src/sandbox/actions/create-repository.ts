import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { git } from "../git/run-git.ts";
import { type TreeChange, writeBlob, writeCommit, writeTree } from "../git/objects.ts";
import { updateRef } from "../git/refs.ts";
import type { RepositoryOptions } from "../options.ts";
import {
  ensureOwner,
  fullName,
  installationIdOfFirstOwner,
  nextId,
  timestamp,
  type World,
} from "../world.ts";
import type { Account, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { installationCreated } from "../webhooks/payloads.ts";
import { identityOf } from "./identity.ts";

const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Makes a bare repository with one commit of these files, and installs the App on it unless told otherwise. */
export async function createRepository(
  world: World,
  options: RepositoryOptions,
): Promise<Repository> {
  const owner = ensureOwner(world, options.owner);
  const repository = await register(world, owner, options);
  await initialise(repository.directory, repository.defaultBranch);
  await firstCommit(repository, options.files);
  if (repository.installed) install(world, repository);
  return repository;
}

/** A person's own copy of a repository; the App is not installed there. */
export async function forkRepository(
  world: World,
  parent: Repository,
  account: Account,
): Promise<Repository> {
  const options = {
    owner: account.login,
    name: parent.name,
    description: parent.description,
    defaultBranch: parent.defaultBranch,
    files: {},
    installed: false,
  };
  const fork = await register(world, account, options, parent);
  await initialise(fork.directory, fork.defaultBranch);
  const branch = `refs/heads/${parent.defaultBranch}`;
  await git(fork.directory, ["fetch", "--quiet", parent.directory, `${branch}:${branch}`]);
  return fork;
}

async function register(
  world: World,
  owner: Account,
  options: RepositoryOptions,
  parent?: Repository,
): Promise<Repository> {
  for (const name of [options.owner, options.name]) {
    if (!safeName.test(name)) throw new Error(`${name} is no name for an owner or a repository.`);
  }
  const now = timestamp();
  const repository: Repository = {
    id: nextId(world),
    owner,
    name: options.name,
    description: options.description ?? "",
    private: options.private ?? false,
    defaultBranch: options.defaultBranch ?? "main",
    directory: join(world.options.directory, options.owner, `${options.name}.git`),
    collaborators: new Map(
      Object.entries(options.collaborators ?? {}).map(([login, role]) => [
        login.toLowerCase(),
        role,
      ]),
    ),
    protection: {
      requiredChecks: options.requiredChecks ?? [],
      requiredReviews: options.requiredReviews ?? 0,
    },
    ...(parent === undefined ? {} : { parent }),
    installed: options.installed ?? true,
    nextNumber: 1,
    pulls: new Map(),
    issues: new Map(),
    labels: new Set(),
    comments: new Map(),
    suites: [],
    checkRuns: [],
    mergeGroups: new Map(),
    createdAt: now,
    pushedAt: now,
  };
  await mkdir(repository.directory, { recursive: true });
  world.repositories.set(fullName(repository).toLowerCase(), repository);
  return repository;
}

async function initialise(directory: string, defaultBranch: string): Promise<void> {
  await git(directory, ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`]);
  const settings = {
    "http.receivepack": "true",
    "uploadpack.allowAnySHA1InWant": "true",
    "uploadpack.allowFilter": "true",
    "transfer.hideRefs": "refs/sandbox",
    "receive.hideRefs": "refs/pull",
    "gc.auto": "0",
  };
  for (const [key, value] of Object.entries(settings)) await git(directory, ["config", key, value]);
}

async function firstCommit(
  repository: Repository,
  files: RepositoryOptions["files"],
): Promise<void> {
  const { directory } = repository;
  const changes: TreeChange[] = [];
  for (const [path, content] of Object.entries(files))
    changes.push({ path, mode: "100644", sha: await writeBlob(directory, content) });
  const commit = await writeCommit(directory, {
    tree: await writeTree(directory, undefined, changes),
    parents: [],
    message: "Initial commit",
    author: identityOf(repository.owner, timestamp()),
  });
  await updateRef(directory, `refs/heads/${repository.defaultBranch}`, commit);
}

function install(world: World, repository: Repository): void {
  const key = repository.owner.login.toLowerCase();
  if (world.installations.has(key)) return;
  const id = world.installations.size === 0 ? installationIdOfFirstOwner : nextId(world);
  const installation = { id, account: repository.owner, createdAt: timestamp() };
  world.installations.set(key, installation);
  emit(world, repository, "installation", installationCreated(world, installation, [repository]));
}
