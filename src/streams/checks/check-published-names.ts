import { sampleReleaseName, templatePath } from "./check-release-names.ts";
import type { Checkable } from "./checkable.ts";
import { feedingStreams } from "./feeding-streams.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Channel, Stream } from "../types.ts";

/** What channels call their releases: `VERSION-SUFFIX.N`, with the version that a release's own name begins with. */
export function checkPublishedNames(repository: Checkable): Mistake[] {
  const first = new Map<string, Sourced<Channel>>();
  const unnamed = new Map<Sourced<Stream>, string>();
  const shared = [...repository.channels.values()].flatMap((channel) => {
    if (channel.source.isGuess?.(["spec", "naming", "suffix"])) return [];
    const versions = new Set<string>();
    for (const stream of feedingStreams(repository, channel.value.metadata.name)) {
      const name = sampleReleaseName(stream.value);
      const version = /^(\d+\.\d+\.\d+)-/.exec(name ?? "")?.[1];
      if (version !== undefined) versions.add(version);
      else if (name !== undefined && !unnamed.has(stream))
        unnamed.set(stream, channel.value.metadata.name);
    }
    const { suffix } = channel.value.spec.naming;
    const names = [...versions].map((version) => `${version}-${suffix}`);
    const taken = names.find((name) => first.has(name));
    const other = first.get(taken ?? "");
    names.forEach((name) => first.set(name, first.get(name) ?? channel));
    return taken === undefined || other === undefined ? [] : [sharedSuffix(channel, other, taken)];
  });
  return [...shared, ...[...unnamed].map(([stream, channel]) => unpublishable(stream, channel))];
}

function sharedSuffix(
  { source }: Sourced<Channel>,
  other: Sourced<Channel>,
  name: string,
): Mistake {
  const path = ["spec", "naming", "suffix"];
  const { line } = other.source.rangeOf(path, "value");
  return mistakeAt(source, "channel-names-shared", path, "value", {
    message: `The channel ${quoted(other.value.metadata.name)} (${other.path}:${line}) publishes the same names: ${name}.0 and so on.`,
    help: "Give each channel a suffix of its own, so that a name tells the channel.",
  });
}

function unpublishable({ source, value }: Sourced<Stream>, channel: string): Mistake {
  return mistakeAt(source, "release-name-unpublishable", templatePath, "value", {
    message: `The stream feeds the channel ${quoted(channel)}, and ${quoted(sampleReleaseName(value))} does not begin with a version of three numbers and a dash: no published name follows from it.`,
    help: "Begin the template as in `$(stream.version).0-0.okd-scos-$(run.time)`.",
  });
}
