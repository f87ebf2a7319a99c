import { getPullRequest } from "../../github/pull-requests.ts";
import { unlessMissing } from "../../github/unless-missing.ts";
import { findReleaseOfRun } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { getRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { renderRunCheck, renderRunsComment } from "./render-run.ts";
import { clientFor, reportCheck, reportComment } from "../report.ts";
import type { RunReport } from "./run-report.ts";
import { wakePromotionOf } from "../promotions/wake-promotion.ts";

const mostRunsOfPullRequest = 200;

/** Says on GitHub how a run stands: its check run, the pull request's comment, or the promotion that waits for it. */
export async function reportRun(bot: Bot, repository: Repository, run: Run): Promise<void> {
  if (run.kind === "publish") return wakePromotionOf(bot, run);
  if (run.kind === "trial") return reportTrial(bot, repository, run);
  if (run.kind === "build") await reportBuildChecks(bot, repository, run);
  if (run.pullNumber !== null) await reportRunsComment(bot, repository, run.pullNumber, "build");
}

async function reportBuildChecks(bot: Bot, repository: Repository, stale: Run): Promise<void> {
  const run = (await getRun(bot.db, stale.id)) ?? stale;
  const report = await runReport(bot, run);
  const heads = await headsToReport(bot, repository, run);
  for (const headSha of heads) {
    await reportCheck(bot, repository, {
      name: `okd-streams / build (${run.stream})`,
      headSha,
      externalId: run.id,
      detailsUrl: report.url,
      ...renderRunCheck(report),
    });
  }
}

async function reportTrial(bot: Bot, repository: Repository, stale: Run): Promise<void> {
  const run = (await getRun(bot.db, stale.id)) ?? stale;
  const report = await runReport(bot, run);
  await reportCheck(bot, repository, {
    name: `okd-streams / trial (${run.stream})`,
    headSha: run.commit,
    externalId: run.id,
    detailsUrl: report.url,
    ...renderRunCheck(report),
  });
  if (run.pullNumber !== null) await reportRunsComment(bot, repository, run.pullNumber, "trial");
}

async function headsToReport(bot: Bot, repository: Repository, run: Run): Promise<string[]> {
  const { pullNumber } = run;
  if (pullNumber === null) return [run.commit];
  // A command may stand on an issue, which is no pull request.
  const pull = await unlessMissing(() => getPullRequest(clientFor(bot, repository), pullNumber));
  return pull?.merged === true ? [run.commit, pull.headSha] : [run.commit];
}

async function reportRunsComment(
  bot: Bot,
  repository: Repository,
  issue: number,
  kind: "build" | "trial",
): Promise<void> {
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind, pullNumber: issue },
    mostRunsOfPullRequest,
  );
  const newest = [...new Map(runs.toReversed().map((run) => [run.stream, run])).values()];
  if (newest.length === 0) return;
  const reports = await Promise.all(newest.map((run) => runReport(bot, run)));
  await reportComment(bot, repository, {
    issue,
    purpose: `${kind}s`,
    body: renderRunsComment(reports, kind),
  });
}

async function runReport(bot: Bot, run: Run): Promise<RunReport> {
  const release = await findReleaseOfRun(bot.db, run.id);
  return {
    id: run.id,
    kind: run.kind,
    subject: run.subject,
    state: run.state,
    reason: run.reason ?? "",
    message: run.message ?? "",
    name: run.name,
    cluster: run.cluster,
    commit: run.commit,
    attempt: run.attempt,
    requestedBy: run.requestedBy ?? undefined,
    startedAt: run.startedAt ?? undefined,
    finishedAt: run.finishedAt ?? undefined,
    results: run.results ?? {},
    tasks: run.observed?.tasks ?? [],
    logTail: run.logTail ?? undefined,
    release: release?.name,
    releasePhase: release?.phase,
    ...(release?.byTag === true ? { imageByTag: release.pullSpec } : {}),
    url: `${bot.publicUrl}/runs/${run.id}`,
  };
}
