import { parseCloudEvent } from "../../cluster/parse-cloud-event.ts";
import { findRunByName, wakeRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";

/**
 * Takes a CloudEvent as a hint that a run moved: the run it names is looked at on its cluster. Nothing that the event
 * says is believed, since nobody signs them.
 */
export async function takeHint(bot: Bot, headers: Headers, body: string): Promise<void> {
  const event = parseCloudEvent(Object.fromEntries(headers), body);
  if (!event.ok || event.value.kind !== "run") return;
  for (const cluster of bot.clusters.keys()) {
    const run = await findRunByName(bot.db, cluster, event.value.runName);
    if (run === undefined) continue;
    await wakeRun(bot.db, run.id, bot.now());
    bot.wake();
  }
}
