import { inputDigest } from "../../streams/plan/input-digest.ts";
import { watchedPaths, type StreamsRepository } from "../../streams/repository.ts";
import type { Mirror } from "../../github/open-mirror.ts";

/** The newest commit of the default branch that changed what a stream is built from. */
export interface MergeCause {
  readonly stream: string;
  readonly commit: string;
  readonly inputDigest: string;
}

/** More commits than any push brings; what lies further back was carried out long ago. */
const longestWalk = 500;

/**
 * For every stream whose inputs changed after `baseline`, the newest first-parent commit that changed them. A stream
 * that only changed its title is not among them; one that went there and back is, since what lies between may have been
 * built by an earlier look that was cut short.
 */
export async function findMergeCauses(
  mirror: Mirror,
  read: (commit: string) => Promise<StreamsRepository>,
  baseline: string,
  head: string,
): Promise<readonly MergeCause[]> {
  const walk = await mirror.firstParentCommits(head, watchedPaths, longestWalk);
  const causes = new Map<string, MergeCause>();
  const atHead = await read(head);
  for (const commit of walk) {
    if (await mirror.isAncestor(commit, baseline)) break;
    const parent = await mirror.firstParentOf(commit);
    if (parent === undefined) break;
    const [after, before] = [await read(commit), await read(parent)];
    for (const name of atHead.streams.keys()) {
      if (causes.has(name)) continue;
      const digest = digestOf(after, name);
      if (digest === undefined || digest === digestOf(before, name)) continue;
      causes.set(name, { stream: name, commit, inputDigest: digest });
    }
  }
  return [...causes.values()];
}

function digestOf(repository: StreamsRepository, stream: string): string | undefined {
  return repository.streams.has(stream) ? inputDigest(repository, stream) : undefined;
}
