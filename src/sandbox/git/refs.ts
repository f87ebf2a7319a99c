import { git, tryGit } from "./run-git.ts";

export const zeroSha = "0".repeat(40);

/** The commit of a revision; undefined where there is none. */
export async function resolveCommit(
  directory: string,
  revision: string,
): Promise<string | undefined> {
  if (revision.startsWith("-")) return undefined;
  const result = await tryGit(directory, [
    "rev-parse",
    "--quiet",
    "--verify",
    `${revision}^{commit}`,
  ]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : undefined;
}

/** The object a full ref name points at. */
export async function readRef(directory: string, ref: string): Promise<string | undefined> {
  return (await listRefs(directory, ref)).get(ref);
}

/** Every ref below a prefix, with what it points at. */
export async function listRefs(directory: string, prefix = "refs/"): Promise<Map<string, string>> {
  const text = await git(directory, ["for-each-ref", "--format=%(objectname) %(refname)", prefix]);
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(41), line.slice(0, 40)]),
  );
}

/** Moves a ref; false where it is no longer at `expected` (40 zeros: must not exist). */
export async function updateRef(
  directory: string,
  ref: string,
  sha: string,
  expected?: string,
): Promise<boolean> {
  const old = expected === undefined ? [] : [expected];
  const result = await tryGit(directory, ["update-ref", ref, sha, ...old]);
  return result.code === 0;
}

export async function deleteRef(directory: string, ref: string): Promise<void> {
  await git(directory, ["update-ref", "-d", ref]);
}

export async function isValidRefName(directory: string, ref: string): Promise<boolean> {
  return (await tryGit(directory, ["check-ref-format", ref])).code === 0;
}

export async function isAncestor(
  directory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const result = await tryGit(directory, ["merge-base", "--is-ancestor", ancestor, descendant]);
  return result.code === 0;
}
