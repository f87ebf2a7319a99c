import type { ObjectRef } from "../../tekton/types.ts";

/** One file of another repository, at a full commit: it can never change. */
export interface GitFile {
  readonly url: string;
  readonly revision: string;
  readonly path: string;
}

/** What a file elsewhere is known by. */
export function gitFileKey({ url, revision, path }: GitFile): string {
  return `${url}@${revision}:${path}`;
}

/** A file elsewhere as a person names it in a sentence. */
export function describeGitFile({ url, revision, path }: GitFile): string {
  return `${path} of ${url} at ${revision.slice(0, 12)}`;
}

/** The same forms as the schema of streams asks for (`gitUrl` and `commit` in schemas/common.json). */
const repositoryUrl =
  /^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/;
const fullCommit = /^[0-9a-f]{40}$/;
const plainPath = /^(?!\/)(?!(.*\/)?\.{1,2}(\/|$))[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;

/**
 * The file that a reference names through Tekton's git resolver; undefined where it is no such reference, depends on
 * parameters, or names a branch or tag, which may have moved before the run starts.
 */
export function gitFileOf({ resolver, params = [] }: ObjectRef): GitFile | undefined {
  if (resolver !== "git") return undefined;
  const given = new Map(params.map(({ name, value }) => [name, value]));
  const [url, revision, path] = ["url", "revision", "pathInRepo"].map((name) => given.get(name));
  if (typeof url !== "string" || typeof revision !== "string" || typeof path !== "string") {
    return undefined;
  }
  if (url.length > 255 || path.length > 255) return undefined;
  if (!repositoryUrl.test(url) || !fullCommit.test(revision) || !plainPath.test(path)) {
    return undefined;
  }
  return { url, revision, path };
}
