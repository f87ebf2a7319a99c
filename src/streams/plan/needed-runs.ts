import { canonicalJson } from "../json.ts";
import { haveSameItems } from "../same-items.ts";
import type { RunRequest } from "../runs/run-request.ts";
import type { StreamsRepository } from "../repository.ts";
import type { Channel, Stream } from "../types.ts";
import type { Plan } from "./plan.ts";
import { plannedRequest } from "./planned-request.ts";
import { triggerDocuments } from "./repository-triggers.ts";

/**
 * The runs that a merge asks for sooner or later: builds with their verifications, and publications of channels that it
 * touches. Where it changes triggers, those of every stream and channel.
 */
export function neededRuns(
  base: StreamsRepository,
  head: StreamsRepository,
  { builds, channels }: Pick<Plan, "builds" | "channels">,
): RunRequest[] {
  if (!haveSameTriggers(base, head)) return everyRun(head);
  return [
    ...builds.flatMap(({ stream }) => runsOfStream(head.streams.get(stream)?.value)),
    ...channels.flatMap(({ channel }) => publicationOf(head.channels.get(channel)?.value, head)),
  ];
}

/** The runs that the streams and channels of a repository ask for sooner or later, whatever begins them. */
export function everyRun(head: StreamsRepository): RunRequest[] {
  return [
    ...[...head.streams.values()].flatMap(({ value }) => runsOfStream(value)),
    ...[...head.channels.values()].flatMap(({ value }) => publicationOf(value, head)),
  ];
}

function haveSameTriggers(base: StreamsRepository, head: StreamsRepository): boolean {
  const [before, after] = [triggerDocuments(base), triggerDocuments(head)];
  const dataOf = (documents: typeof before) => canonicalJson(documents.map(({ value }) => value));
  return haveSameItems(before, after) || dataOf(before) === dataOf(after);
}

function runsOfStream(stream: Stream | undefined): RunRequest[] {
  if (stream === undefined) return [];
  const { build, verify = [], lifecycle } = stream.spec;
  if ((lifecycle?.state ?? "active") !== "active") return [];
  return [
    plannedRequest(stream, build),
    ...verify.map((use) => plannedRequest(stream, use, "verify")),
  ];
}

/** Which stream it will be of does not matter: what it says of itself is filled in as a text. */
function publicationOf(
  channel: Channel | undefined,
  { streams }: Pick<StreamsRepository, "streams">,
): RunRequest[] {
  const [any] = streams.values();
  if (channel?.spec.publish === undefined || any === undefined) return [];
  const { publish } = channel.spec;
  const request = plannedRequest(any.value, publish, "publish");
  return [{ ...request, subject: channel.metadata.name }];
}
