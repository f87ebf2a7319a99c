import { parseCloudEvent } from "../../cluster/parse-cloud-event.ts";
import type { Bot } from "../bot.ts";
import { wakeSighted } from "./wake-sighted.ts";

/**
 * Takes a CloudEvent as a hint that a run moved: the run it names is looked at on its cluster. Nothing that the event
 * says is believed, since nobody signs them.
 */
export async function takeHint(bot: Bot, headers: Headers, body: string): Promise<void> {
  const event = parseCloudEvent(Object.fromEntries(headers), body);
  if (!event.ok || event.value.kind !== "run") return;
  const { runName: name, eventId } = event.value;
  const sighting = eventId === undefined ? { name } : { name, eventId };
  for (const cluster of bot.clusters.keys()) await wakeSighted(bot, cluster, sighting);
}
