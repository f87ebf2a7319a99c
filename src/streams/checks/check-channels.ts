import { findCycle } from "../../tekton/pipeline-graph.ts";
import type { Checkable } from "./checkable.ts";
import { feedingStreams } from "./feeding-streams.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { suggestName } from "../../suggest-name.ts";
import type { Channel } from "../types.ts";

/** Channels against the streams and channels that feed them. */
export function checkChannels(repository: Checkable): Mistake[] {
  const ofEach = [...repository.channels.values()].flatMap((channel) => [
    ...checkSources(repository, channel),
    ...checkRequired(repository, channel),
  ]);
  return [...ofEach, ...checkCycle(repository), ...checkOrphans(repository)];
}

function checkSources(repository: Checkable, { source, value }: Sourced<Channel>): Mistake[] {
  return value.spec.sources.flatMap((from, index): Mistake[] => {
    const path = ["spec", "sources", index];
    const [kind, name, known] =
      "stream" in from
        ? (["stream", from.stream, repository.streamNames] as const)
        : (["channel", from.channel, repository.channelNames] as const);
    if (!known.has(name)) {
      return [
        mistakeAt(source, "channel-source-unknown", [...path, kind], "value", {
          message: `There is no ${kind} ${quoted(name)}.`,
          help: suggestName(name, known, kind),
        }),
      ];
    }
    const stream = kind === "stream" ? repository.streams.get(name) : undefined;
    if (stream?.value.spec.lifecycle?.state !== "retired") return [];
    return [
      mistakeAt(source, "channel-source-retired", [...path, kind], "value", {
        message: `The stream ${quoted(name)} is retired: it gives no further release.`,
        help: "Remove the source.",
      }),
    ];
  });
}

function checkRequired(repository: Checkable, { source, value }: Sourced<Channel>): Mistake[] {
  const streams = feedingStreams(repository, value.metadata.name);
  return (value.spec.promotion.requires ?? []).flatMap((required, index) => {
    const lacking = streams.filter(
      (stream) => !(stream.spec.verify ?? []).some(({ name }) => name === required),
    );
    if (lacking.length === 0) return [];
    const known = new Set(streams.flatMap(({ spec }) => (spec.verify ?? []).map((v) => v.name)));
    const names = lacking.map(({ metadata }) => metadata.name).join(", ");
    return [
      mistakeAt(
        source,
        "channel-verification-unknown",
        ["spec", "promotion", "requires", index],
        "value",
        {
          message: `${quoted(required)} is no verification of ${names}.`,
          help: known.has(required)
            ? "Add the verification there, or require it no more."
            : suggestName(required, known, "verification"),
        },
      ),
    ];
  });
}

function checkCycle({ channels }: Checkable): Mistake[] {
  const dependencies = new Map(
    [...channels].map(([name, { value }]) => [
      name,
      new Set(value.spec.sources.flatMap((from) => ("channel" in from ? [from.channel] : []))),
    ]),
  );
  const cycle = findCycle(dependencies);
  const first = cycle === undefined ? undefined : channels.get(cycle[0] ?? "");
  if (cycle === undefined || first === undefined) return [];
  return [
    mistakeAt(first.source, "channel-cycle", ["spec", "sources"], "key", {
      message: `Channels feed each other: ${[...cycle, cycle[0] ?? ""].join(" from ")}.`,
      help: "Remove one source from the circle.",
    }),
  ];
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
