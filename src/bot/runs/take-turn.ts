import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { updateRun } from "../../store/runs.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import { heldReason } from "./run-changes.ts";
import { placeInQueue, type QueuePlace } from "./place-in-queue.ts";

const mostRuns = 10_000;
/** Names of runs that hold the cluster, in a message. */
const mostNamed = 3;

/**
 * Whether it is a run's turn on its cluster: then it is noted as sent, so that no other takes its place, also after a
 * crash. If not, says for people where it waits.
 */
export async function takeTurn(
  bot: Bot,
  run: Run,
  cluster: OfferedCluster,
): Promise<{ readonly isDue: true } | { readonly isDue: false; readonly message: string }> {
  if (run.sentAt !== null) return { isDue: true };
  return bot.lock.run(`queue ${run.cluster}`, async () => {
    const pending = await pendingRuns(bot, run);
    const place = placeInQueue(pending.map(queued), cluster.limits, run.id);
    if (place !== undefined) return { isDue: false, message: describePlace(run, place, pending) };
    await updateRun(bot.db, run.id, { sentAt: bot.now().toISOString() });
    return { isDue: true };
  });
}

/**
 * The runs of the same cluster and namespace that are not over, without those that nobody looks at any more and those
 * that would not begin if it were their turn.
 */
async function pendingRuns(bot: Bot, { id, cluster, kind }: Run): Promise<readonly Run[]> {
  const states = ["requested", "submitted", "queued", "running"] as const;
  const runs = await listRuns(bot.db, { cluster, states }, mostRuns);
  const isTrial = kind === "trial";
  return runs.filter(
    (run) =>
      run.dueAt !== null &&
      (run.kind === "trial") === isTrial &&
      (run.id === id || run.sentAt !== null || run.reason !== heldReason),
  );
}

function queued({ id, repositoryId, stream, requestedAt, sentAt, state }: Run) {
  const isSent = sentAt !== null || state !== "requested";
  return { id, stream: `${repositoryId}/${stream}`, requestedAt, isSent };
}

function describePlace(run: Run, place: QueuePlace, pending: readonly Run[]): string {
  const { position, waiting, limit } = place;
  const holders = pending.filter(
    ({ id, stream }) => place.holders.includes(id) && (limit === "runs" || stream === run.stream),
  );
  const named = holders.slice(0, mostNamed).map(({ name }) => `\`${name}\``);
  const more = holders.length > mostNamed ? ` and ${holders.length - mostNamed} more` : "";
  const whose = limit === "runs" ? "" : ` of \`${run.stream}\``;
  return `Waits for its turn on cluster \`${run.cluster}\`, ${position} of ${waiting}: as many runs${whose} as it takes are under way (${named.join(", ")}${more}).`;
}
