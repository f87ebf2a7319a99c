import { mkdir } from "node:fs/promises";
import { failed, ok, type Result } from "../problem.ts";
import { isAllowedUrl, type GitReference } from "./git-resolver.ts";
import { runGit } from "./run-git.ts";

/** Gives a reference whose revision is a full commit. */
export type GitPinner = (reference: GitReference) => Promise<Result<GitReference>>;

const commit = /^[0-9a-f]{40}$/;
const refName = /^[A-Za-z0-9](?:[\w.+/-]{0,254}[\w+-])?$/;

/** Takes revisions as they are; the resolver refuses what is no commit. */
export const pinned: GitPinner = (reference) => Promise.resolve(ok(reference));

async function findCommit(
  home: string,
  { url, revision }: GitReference,
): Promise<string | undefined> {
  await mkdir(home, { recursive: true });
  const names = [`refs/heads/${revision}`, `refs/tags/${revision}`, `refs/tags/${revision}^{}`];
  const listing = await runGit(home, ["ls-remote", "--", url, ...names]);
  const found = new Map(
    listing.split("\n").map((line) => {
      const [id = "", name = ""] = line.split("\t");
      return [name, id] as const;
    }),
  );
  // A branch, or else what a tag leads to.
  const [branch, tag, peeled] = names.map((name) => found.get(name));
  return branch ?? peeled ?? tag;
}

/**
 * Looks branches and tags up where they are allowed to be fetched from, each once: everything that runs sees the same
 * commit of one. Only for who runs pipelines by hand: elsewhere a name could be moved between review and run.
 */
export function createGitPinner(home: string, allowlist: readonly string[]): GitPinner {
  const known = new Map<string, Promise<string | undefined>>();
  return async (reference) => {
    const { url, revision } = reference;
    const isName = refName.test(revision) && !revision.includes("..");
    if (commit.test(revision) || !isName || !isAllowedUrl(url, allowlist)) return ok(reference);
    const key = JSON.stringify([url, revision]);
    const pending = known.get(key) ?? findCommit(home, reference);
    known.set(key, pending);
    const id = await pending.catch(() => undefined);
    if (id !== undefined && commit.test(id)) return ok({ ...reference, revision: id });
    known.delete(key);
    return failed({
      kind: "not-found",
      what: `There is no branch or tag ${JSON.stringify(revision)}, or the repository cannot be reached.`,
      where: url,
      next: "Look whether the repository has it.",
    });
  };
}
