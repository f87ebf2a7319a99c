import { runPayload } from "../../cluster/run-payload.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunChange } from "../../store/runs.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import { giveUp, later, waitFor } from "./run-changes.ts";

/**
 * Asks a cluster's listener once for a run, as it was before it took its turn; gives what became of it. An earlier
 * request that may have arrived is not undone by what becomes of this one. `note` is what people should know meanwhile.
 */
export async function submitRequest(
  bot: Bot,
  repository: Repository,
  run: Run,
  { client, serviceAccount, startDeadlineMs }: OfferedCluster,
  note: string,
): Promise<RunChange> {
  const fullName = `${repository.owner}/${repository.name}`;
  const payload = runPayload(run.request, {
    repositoryFullName: fullName,
    repositoryUrl: `${bot.gitHubUrl}/${fullName}.git`,
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  });
  const answer = await client.submit(payload);
  if (answer.outcome === "taken") {
    return {
      state: "submitted",
      eventId: answer.eventId,
      submittedAt: bot.now().toISOString(),
      deadlineAt: later(bot, startDeadlineMs),
      dueAt: later(bot, Math.min(bot.pollMs, bot.retryMs)),
      attempts: 0,
      message: note,
      error: null,
    };
  }
  const { outcome, problem } = answer;
  if (outcome === "refused" && !mayStillAppear(bot, run, startDeadlineMs)) {
    return {
      state: "failed",
      reason: "RequestRefused",
      message: `The EventListener of cluster ${run.cluster} refused the request. ${problem.what}`,
      finishedAt: bot.now().toISOString(),
      error: problem.what,
    };
  }
  if (outcome === "unknown" && client.runNames === "generated")
    return giveUp(bot, { ...run, error: problem.what }, client, "parked", "answer-lost");
  return {
    ...waitFor(bot, run, problem),
    ...(outcome === "unsent" && run.sentAt === null ? { sentAt: null } : {}),
    ...(outcome === "unknown" ? { deadlineAt: later(bot, startDeadlineMs) } : {}),
  };
}

/** Whether an earlier request may have arrived, and has the time to show on the cluster. */
function mayStillAppear(bot: Bot, { sentAt, deadlineAt }: Run, startDeadlineMs: number): boolean {
  if (sentAt === null) return false;
  const deadline = Date.parse(deadlineAt ?? sentAt) + (deadlineAt === null ? startDeadlineMs : 0);
  return bot.now().getTime() <= deadline;
}
