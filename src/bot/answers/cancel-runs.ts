import { authorise } from "../../commands/authorise.ts";
import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { getRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { isOver } from "../runs/run-report.ts";
import { stopRun } from "../runs/stop-run.ts";
import { findRuns } from "./find-runs.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Stops the runs of this pull request that are under way, or the one that is named; their finally tasks still run. */
export async function cancelRuns(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "cancel" }>,
): Promise<Answer> {
  const found = await findRuns(bot, comment, command.run);
  if (!found.ok) return describeProblem(found.problem);
  const under = found.value.filter((run) => !isOver(run.state));
  if (under.length === 0) return "Nothing to cancel: no run is under way.";
  const lines: string[] = [];
  for (const { id } of under)
    // Under the run's lock, so that it is not being sent meanwhile.
    await bot.lock.run(`run ${id}`, async () => {
      const run = await getRun(bot.db, id);
      if (run !== undefined) lines.push(`- ${await cancelRun(bot, comment, command, run)}`);
    });
  return lines.join("\n");
}

async function cancelRun(
  bot: Bot,
  comment: CommandComment,
  command: Command,
  run: Run,
): Promise<string> {
  const allowed = authorise(command, comment.actor, run.stream);
  if (!allowed.ok) return describeProblem(allowed.problem);
  if (isOver(run.state)) return `\`${run.name}\` is over already: ${run.state}.`;
  await stopRun(bot, run, `Stopped by ${comment.login}.`);
  return run.state === "requested" && run.sentAt === null
    ? `\`${run.name}\` was not sent yet and is cancelled.`
    : `\`${run.name}\` is told to stop.`;
}
