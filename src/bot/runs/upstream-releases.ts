import { failed, ok, type Problem, type Result } from "../../problem.ts";
import type { Release } from "../../store/release-record.ts";
import { listReleases } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import { variablesIn } from "../../streams/runs/known-variables.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";

/** By stream: its newest Accepted release. */
export type UpstreamReleases = ReadonlyMap<string, Release>;

/** The newest Accepted release of each stream that this one follows; one that has none is left out. */
export async function upstreamReleases(
  bot: Pick<Bot, "db">,
  { id }: Pick<Repository, "id">,
  stream: Stream,
): Promise<UpstreamReleases> {
  const found = new Map<string, Release>();
  for (const name of stream.spec.triggers?.afterStreams ?? []) {
    const [newest] = await listReleases(bot.db, id, { stream: name, phase: "Accepted" }, 1);
    if (newest !== undefined) found.set(name, newest);
  }
  return found;
}

/** Whether every release is there whose image the params of the build use; the problem names the streams that lack one. */
export function checkUpstreams(stream: Stream, releases: UpstreamReleases): Result<void> {
  const missing = (stream.spec.triggers?.afterStreams ?? []).filter(
    (name) => !releases.has(name) && usesImageOf(stream, name),
  );
  return missing.length === 0 ? ok(undefined) : failed(lacks(stream.metadata.name, missing));
}

function usesImageOf({ spec }: Stream, upstream: string): boolean {
  return Object.values(spec.build.params ?? {})
    .flatMap(variablesIn)
    .some((name) => name.startsWith(`upstream.${upstream}.`));
}

function lacks(stream: string, missing: readonly string[]): Problem {
  const names = missing.map((name) => `\`${name}\``).join(", ");
  return {
    kind: "conflict",
    what: `\`${stream}\` is built on the image of ${names}, and there is no Accepted release of that yet.`,
    next: "It is built by itself as soon as there is one.",
  };
}
