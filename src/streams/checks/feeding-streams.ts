import type { Sourced, StreamsRepository } from "../repository.ts";
import type { Stream } from "../types.ts";

/** The streams whose releases can reach a channel, directly or through other channels; each once. */
export function feedingStreams(
  { streams, channels }: Pick<StreamsRepository, "streams" | "channels">,
  channel: string,
): Sourced<Stream>[] {
  const seen = new Set<string>();
  const found = new Map<string, Sourced<Stream>>();
  const pending = [channel];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const source of channels.get(name)?.value.spec.sources ?? []) {
      if ("channel" in source) pending.push(source.channel);
      const stream = "stream" in source ? streams.get(source.stream) : undefined;
      if (stream !== undefined) found.set(stream.value.metadata.name, stream);
    }
  }
  return [...found.values()];
}
