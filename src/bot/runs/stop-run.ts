import type { Run } from "../../store/run-record.ts";
import { updateRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";

/**
 * Notes that a run is to end, and why; the run's worker sees to it, however often it takes. `why` is a sentence for
 * people.
 */
export async function stopRun(bot: Bot, { id }: Pick<Run, "id">, why: string): Promise<void> {
  await updateRun(bot.db, id, { stopNote: why, dueAt: bot.now().toISOString() });
  bot.wake();
}
