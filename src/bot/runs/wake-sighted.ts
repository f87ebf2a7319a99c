import type { RunSighting } from "../../cluster/types.ts";
import { wakeRun } from "../../store/due-runs.ts";
import { findRunByEvent, findRunByName } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";

/** Makes the run due that a PipelineRun of a cluster is, if it is one of ours. */
export async function wakeSighted(
  bot: Bot,
  cluster: string,
  { name, eventId }: RunSighting,
): Promise<void> {
  const run =
    (await findRunByName(bot.db, cluster, name)) ??
    (eventId === undefined ? undefined : await findRunByEvent(bot.db, cluster, eventId));
  if (run === undefined || run.settled) return;
  // Under the run's lock: whoever looks at it now may have looked too early, and would put it off again.
  await bot.lock.run(`run ${run.id}`, () => wakeRun(bot.db, run.id, bot.now()));
  bot.wake();
}
