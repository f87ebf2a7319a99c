import { parse } from "yaml";
import * as z from "zod";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";

const channelsFolder = "streams/channels";
const mostMoves = 1000;
const largestPointer = 64 * 1024;
const pointerSchema = z.object({ spec: z.object({ name: z.string() }) });

/**
 * Every name that a channel of this repository ever held, by the git log of the release.yaml files, also of channels that
 * are gone or not valid now: the database may be younger than the repository, and a published name is never given to a
 * second image.
 */
export async function publishedNames(
  bot: Bot,
  repository: Repository,
  head: string,
): Promise<ReadonlySet<string>> {
  const mirror = bot.mirrorOf(repository);
  const blobs = new Set<string>();
  for (const commit of await mirror.firstParentCommits(head, [channelsFolder], mostMoves)) {
    const files = await mirror.listFiles(commit, [channelsFolder]);
    for (const { path, blob } of files) if (path.endsWith("/release.yaml")) blobs.add(blob);
  }
  const contents = await mirror.readBlobs([...blobs], largestPointer);
  return new Set([...contents.values()].flatMap((content) => nameIn(content) ?? []));
}

function nameIn(content: Uint8Array): string | undefined {
  try {
    return pointerSchema.safeParse(parse(Buffer.from(content).toString("utf8"))).data?.spec.name;
  } catch {
    // An old version that was no YAML named nothing.
    return undefined;
  }
}
