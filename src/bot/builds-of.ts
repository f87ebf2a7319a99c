import type { Sourced, StreamsRepository } from "../streams/repository.ts";
import type { Stream } from "../streams/types.ts";

/** Whether the repository's settings let anything new run: not while paused, and never in report mode. */
export function mayRun({ settings }: StreamsRepository): boolean {
  return settings.mode !== "report" && settings.pause !== true;
}

/** Whether a stream is built at all: one that is paused or retired is not, whoever asks. */
export function isActive({ spec }: Stream): boolean {
  return (spec.lifecycle?.state ?? "active") === "active";
}

/** The streams that events and schedules may build now: the active ones of a repository that may run anything. */
export function buildsOf(streams: StreamsRepository): readonly Sourced<Stream>[] {
  if (!mayRun(streams)) return [];
  return [...streams.streams.values()].filter(({ value }) => isActive(value));
}
