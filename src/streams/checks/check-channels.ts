import { replaceValue } from "../../yaml/node-fix.ts";
import type { Checkable } from "./checkable.ts";
import { feedingStreams } from "./feeding-streams.ts";
import { findCycles } from "./find-cycles.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Channel, ChannelSource, Stream } from "../types.ts";

/** Channels against the streams and channels that feed them. */
export function checkChannels(repository: Checkable): Mistake[] {
  const ofEach = [...repository.channels.values()].flatMap((channel) => {
    const streams = feedingStreams(repository, channel.value.metadata.name);
    return [
      ...checkSources(repository, channel),
      ...checkRequired(streams, channel),
      ...checkOperatingSystems(streams, channel),
    ];
  });
  return [...ofEach, ...checkCycles(repository), ...checkOrphans(repository)];
}

function checkSources(repository: Checkable, channel: Sourced<Channel>): Mistake[] {
  return channel.value.spec.sources.flatMap((from, index): Mistake[] => {
    const { kind, name } = sourceOf(from);
    const path = ["spec", "sources", index, kind];
    const known = kind === "stream" ? repository.streamNames : repository.channelNames;
    if (!known.has(name)) {
      const meant = nearestName(name, known);
      return [
        mistakeAt(channel.source, "channel-source-unknown", path, "value", {
          message: `There is no ${kind} ${quoted(name)}.`,
          help: suggestName(name, known, kind),
          ...(meant !== undefined && { fix: replaceValue(path, meant) }),
        }),
      ];
    }
    const stream = kind === "stream" ? repository.streams.get(name) : undefined;
    if (stream?.value.spec.lifecycle?.state !== "retired") return [];
    return [
      mistakeAt(channel.source, "channel-source-retired", path, "value", {
        message: `The stream ${quoted(name)} is retired: it gives no further release.`,
        help: "Remove the source.",
      }),
    ];
  });
}

function sourceOf(from: ChannelSource): { kind: "stream" | "channel"; name: string } {
  return "stream" in from
    ? { kind: "stream", name: from.stream }
    : { kind: "channel", name: from.channel };
}

function checkRequired(
  streams: readonly Sourced<Stream>[],
  { source, value }: Sourced<Channel>,
): Mistake[] {
  return (value.spec.promotion.requires ?? []).flatMap((required, index) => {
    const lacking = streams.filter(
      ({ value: { spec } }) => !(spec.verify ?? []).some(({ name }) => name === required),
    );
    if (lacking.length === 0) return [];
    const known = new Set(
      streams.flatMap(({ value: { spec } }) => (spec.verify ?? []).map(({ name }) => name)),
    );
    const names = lacking.map((stream) => stream.value.metadata.name).join(", ");
    const path = ["spec", "promotion", "requires", index];
    const meant = known.has(required) ? undefined : nearestName(required, known);
    return [
      mistakeAt(source, "channel-verification-unknown", path, "value", {
        message: `${quoted(required)} is no verification of ${names}.`,
        help: known.has(required)
          ? "Add the verification there, or require it no more."
          : suggestName(required, known, "verification"),
        ...(meant !== undefined && { fix: replaceValue(path, meant) }),
      }),
    ];
  });
}

/** Who updates along a channel keeps their operating system. */
function checkOperatingSystems(
  streams: readonly Sourced<Stream>[],
  { source, value }: Sourced<Channel>,
): Mistake[] {
  const first = streams[0]?.value;
  const other = streams.find(
    (stream) => stream.value.spec.operatingSystem !== first?.spec.operatingSystem,
  )?.value;
  // A channel that is fed by channels only has the mistake of one of these.
  const own = value.spec.sources.some((from) => "stream" in from);
  if (first === undefined || other === undefined || !own) return [];
  return [
    mistakeAt(source, "channel-operating-systems", ["spec", "sources"], "key", {
      message: `${first.metadata.name} is built on ${first.spec.operatingSystem}, and ${other.metadata.name} on ${other.spec.operatingSystem}; an update along this channel would exchange the operating system.`,
      help: "Give each operating system a channel of its own.",
    }),
  ];
}

function checkCycles({ channels }: Checkable): Mistake[] {
  const feeding = new Map(
    [...channels].map(([name, { value }]) => [
      name,
      value.spec.sources.flatMap((from) => ("channel" in from ? [from.channel] : [])),
    ]),
  );
  return findCycles(feeding).flatMap((circle) => {
    const [first = "", next = first] = circle;
    const channel = channels.get(first);
    if (channel === undefined) return [];
    const index = channel.value.spec.sources.findIndex(
      (from) => "channel" in from && from.channel === next,
    );
    const itself = circle.length === 1;
    const path = ["spec", "sources", index, "channel"];
    return [
      mistakeAt(channel.source, "channel-cycle", path, "value", {
        message: itself
          ? `The channel ${quoted(first)} feeds itself.`
          : `Channels feed each other: ${[...circle, first].join(" from ")}.`,
        help: itself ? "Remove the source." : "Remove one source from the circle.",
      }),
    ];
  });
}

function checkOrphans({ channelReleases, channelNames }: Checkable): Mistake[] {
  return [...channelReleases.values()]
    .filter(({ value }) => !channelNames.has(value.metadata.name))
    .map(({ source, value }) =>
      mistakeAt(source, "channel-release-orphan", ["metadata", "name"], "value", {
        message: `There is no channel ${quoted(value.metadata.name)} beside this release.`,
        help: suggestName(value.metadata.name, channelNames, "channel"),
      }),
    );
}
