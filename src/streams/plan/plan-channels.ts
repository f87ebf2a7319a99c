import { canonicalJson } from "../json.ts";
import type { Plan } from "./plan.ts";
import type { StreamsRepository } from "../repository.ts";

/** The channels that a change touches: their policy, their release, or a stream that feeds them and is built. */
export function planChannels(
  base: StreamsRepository,
  head: StreamsRepository,
  built: ReadonlySet<string>,
): Plan["channels"] {
  const names = new Set([...base.channels.keys(), ...head.channels.keys()]);
  return [...names].sort().flatMap((channel) => {
    const why = [
      ...policyChange(base, head, channel),
      ...releaseChange(base, head, channel),
      ...sourceStreams(head, channel)
        .filter((name) => built.has(name))
        .map((name) => `gets releases of ${name}, which is built`),
    ];
    return why.length === 0 ? [] : [{ channel, why }];
  });
}

function policyChange(base: StreamsRepository, head: StreamsRepository, channel: string): string[] {
  const before = base.channels.get(channel);
  const after = head.channels.get(channel);
  if (before === undefined) return ["new channel"];
  if (after === undefined) return ["channel removed or no longer valid"];
  const same = canonicalJson(before.value.spec) === canonicalJson(after.value.spec);
  return same ? [] : ["its policy changes"];
}

function releaseChange(
  base: StreamsRepository,
  head: StreamsRepository,
  channel: string,
): string[] {
  const before = base.channelReleases.get(channel)?.value.spec.name ?? "nothing";
  const after = head.channelReleases.get(channel)?.value.spec.name ?? "nothing";
  return before === after ? [] : [`its release: ${before} -> ${after}`];
}

function sourceStreams({ channels }: StreamsRepository, channel: string): string[] {
  const sources = channels.get(channel)?.value.spec.sources ?? [];
  return sources.flatMap((source) => ("stream" in source ? [source.stream] : []));
}
