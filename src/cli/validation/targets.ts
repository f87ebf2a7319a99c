import { dirname, resolve } from "node:path";
import { statSync } from "node:fs";
import type { Finding } from "../../streams/findings/finding.ts";
import { watchedPaths } from "../../streams/repository.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import { startOfDay } from "../../streams/start-of-day.ts";
import { findRepository } from "../find-repository-root.ts";
import type { NamedPart } from "../find-repository-root.ts";
import { readWorkingTree } from "../read-working-tree.ts";
import type { Cache } from "./cache.ts";
import { validateFiles } from "./validate-files.ts";

/** What is validated as a whole: a streams repository, or a folder of Tekton files. */
export interface Target {
  readonly root: string;
  /** The parts that were named, as paths from the root; what is wrong elsewhere is not shown. */
  readonly parts: readonly string[];
  /** The files as they are now. */
  read(): Promise<readonly RepositoryFile[]>;
  /** The files as a git revision has them. */
  readAt(revision: string): Promise<readonly RepositoryFile[]>;
  validate(files: readonly RepositoryFile[]): Promise<readonly Finding[]>;
}

export interface TargetOptions {
  readonly cache: Cache;
  /** Whether pipelines and tasks of other repositories are fetched. */
  readonly fetch: boolean;
}

/** However many parts of a repository or of a folder are named, it is validated once. */
export function findTargets(paths: readonly string[], options: TargetOptions): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const path of paths) {
    const repository = findRepository(path);
    const isPart = repository !== undefined && isWatched(repository.part);
    const { root, part } = isPart ? repository : folderOf(path);
    const key = `${isPart ? "repository" : "folder"} ${root}`;
    const parts = [...(targets.get(key)?.parts ?? []), part];
    targets.set(key, isPart ? repositoryAt(root, parts, options) : folderAt(root, parts));
  }
  return [...targets.values()];
}

/** Whether a path has to do with what a streams repository consists of. */
function isWatched(part: string): boolean {
  return watchedPaths.some(
    (path) => part === "" || `${path}/`.startsWith(`${part}/`) || part.startsWith(`${path}/`),
  );
}

/** A file is looked at together with those around it. */
function folderOf(path: string): NamedPart {
  const named = resolve(path);
  if (statSync(named).isDirectory()) return { root: named, part: "" };
  const root = dirname(named);
  return { root, part: named.slice(root.length).replace(/^[/\\]/, "") };
}

function repositoryAt(
  root: string,
  parts: readonly string[],
  { cache, fetch }: TargetOptions,
): Target {
  const now = startOfDay(new Date());
  return {
    root,
    parts,
    read: () => Promise.resolve(readWorkingTree(root)),
    readAt: async (revision) => {
      const { readRevision, resolveCommit } = await import("../read-revision.ts");
      return readRevision(root, await resolveCommit(root, revision));
    },
    validate: async (files) => {
      if (!fetch) return validateFiles(files, { now }, cache);
      const { validateFetched } = await import("./validate-fetched.ts");
      return validateFetched(files, now);
    },
  };
}

function folderAt(root: string, parts: readonly string[]): Target {
  return {
    root,
    parts,
    read: async () => {
      const { readTektonFolder } = await import("../read-tekton-folder.ts");
      return readTektonFolder(root);
    },
    readAt: async (revision) => {
      const { readFolderAt, resolveCommit } = await import("../read-revision.ts");
      return readFolderAt(root, await resolveCommit(root, revision));
    },
    validate: async (files) => {
      const { validateTektonFiles } = await import("../../streams/validate-tekton-files.ts");
      return validateTektonFiles(files);
    },
  };
}
