import { failed, ok, type Problem, type Result } from "../problem.ts";
import type { Channel, ChannelRelease } from "../streams/types.ts";
import type { Release } from "./types.ts";

export interface Selection<R extends Release> {
  readonly channel: Channel;
  /** What each channel holds now, by its name. */
  readonly channelReleases: ReadonlyMap<string, ChannelRelease>;
  readonly releases: readonly R[];
  /** The name of a release, the published name that a source channel holds, or `latest`. */
  readonly spec: string;
}

/**
 * The release that a promotion to this channel means. `latest` is the newest Accepted release of the channel's sources;
 * of a source that is a channel, that is the release it holds now. The problem says why there is none.
 */
export function selectRelease<R extends Release>(selection: Selection<R>): Result<R> {
  const { channel, channelReleases, releases, spec } = selection;
  const candidates = releases.filter((release) => comesFromSource(release, selection));
  const chosen =
    spec === "latest"
      ? newest(candidates.filter(({ phase }) => phase === "Accepted"))
      : candidates.find(({ name }) => name === releaseNameOf(spec, selection));
  if (chosen === undefined) return failed(explainNone(selection, candidates));
  if (chosen.phase !== "Accepted") return failed(notAccepted(chosen));
  const held = channelReleases.get(channel.metadata.name)?.spec;
  if (held?.release === chosen.name) {
    return failed({
      kind: "conflict",
      where: channel.metadata.name,
      what: `The channel already holds ${chosen.name}, published as ${held.name}.`,
      next: "Name another release, or build a newer one first.",
    });
  }
  return ok(chosen);
}

function comesFromSource(release: Release, { channel, channelReleases }: Selection<Release>) {
  return channel.spec.sources.some((source) =>
    "stream" in source
      ? source.stream === release.stream
      : channelReleases.get(source.channel)?.spec.release === release.name,
  );
}

function releaseNameOf(spec: string, { channel, channelReleases }: Selection<Release>): string {
  const published = channel.spec.sources
    .map((source) => ("channel" in source ? channelReleases.get(source.channel)?.spec : undefined))
    .find((held) => held?.name === spec);
  return published?.release ?? spec;
}

function newest<R extends Release>(releases: readonly R[]): R | undefined {
  return releases.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0];
}

function notAccepted(release: Release): Problem {
  const reason = release.phaseReason === null ? "" : ` (${release.phaseReason})`;
  return {
    kind: "refused",
    where: release.name,
    what: `This release is ${release.phase}${reason}; only Accepted releases are promoted.`,
    next:
      release.phase === "Ready" || release.phase === "Pending"
        ? "Wait for its verifications, or accept it with `/accept RELEASE REASON`."
        : "Promote another release, or accept this one with `/accept RELEASE REASON`.",
  };
}

function explainNone(selection: Selection<Release>, candidates: readonly Release[]): Problem {
  const { channel, releases, spec } = selection;
  const where = channel.metadata.name;
  const sources = channel.spec.sources
    .map((source) => ("stream" in source ? `stream ${source.stream}` : `channel ${source.channel}`))
    .join(", ");
  if (spec !== "latest") {
    const foreign = releases.find(({ name }) => name === spec);
    return {
      kind: foreign === undefined ? "not-found" : "refused",
      where,
      what:
        foreign === undefined
          ? `There is no release ${spec}.`
          : `Release ${spec} comes from stream ${foreign.stream}, which is no source of this channel, or no longer stands in one.`,
      next: `The channel takes releases from: ${sources}.`,
    };
  }
  const latest = newest(candidates);
  return {
    kind: "not-found",
    where,
    what:
      latest === undefined
        ? `There is no release yet from the channel's sources (${sources}).`
        : `No release from the channel's sources (${sources}) is Accepted; the newest, ${latest.name}, is ${latest.phase}.`,
    next: latest === undefined ? "Build one of them first." : "Wait for its verifications.",
  };
}
