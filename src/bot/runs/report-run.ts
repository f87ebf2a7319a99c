import { getPullRequest } from "../../github/pull-requests.ts";
import { unlessMissing } from "../../github/unless-missing.ts";
import { findReleaseOfRun, getRelease } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { getRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { renderRunCheck, renderRunsComment, type RunsTold } from "./render-run.ts";
import { clientFor, reportCheck, reportComment } from "../report.ts";
import type { RunReport } from "./run-report.ts";
import { wakePromotionOf } from "../promotions/wake-promotion.ts";

const mostRunsOfPullRequest = 200;

/** Says on GitHub how a run stands: its check run, the pull request's comment, or the promotion that waits for it. */
export async function reportRun(bot: Bot, repository: Repository, run: Run): Promise<void> {
  if (run.kind === "publish") return wakePromotionOf(bot, run);
  if (run.kind === "trial") return reportTrial(bot, repository, run);
  if (run.kind === "build") await reportBuildChecks(bot, repository, run);
  const build = run.kind === "build" ? run : await verifiedBuild(bot, repository, run);
  if (build !== undefined) await reportBuildsComment(bot, repository, build);
}

/** The build whose release a run verifies: the comment about it says how that stands. */
async function verifiedBuild(
  bot: Bot,
  { id }: Repository,
  { subject }: Run,
): Promise<Run | undefined> {
  const release = await getRelease(bot.db, id, subject);
  return release && (await getRun(bot.db, release.runId));
}

async function reportBuildsComment(bot: Bot, repository: Repository, build: Run): Promise<void> {
  const { pullNumber } = build;
  if (pullNumber === null) return;
  const runs = await listRunsOf(bot, repository, pullNumber, "build");
  const isOfMerge = ofMerge(runs);
  const alike = runs.filter((other) => isOfMerge(other) === isOfMerge(build));
  await reportRunsComment(bot, repository, {
    issue: pullNumber,
    runs: alike,
    told: isOfMerge(build) ? "merge" : "asked",
  });
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
  const { pullNumber: issue } = run;
  if (issue === null) return;
  const runs = await listRunsOf(bot, repository, issue, "trial");
  await reportRunsComment(bot, repository, { issue, runs, told: "trial" });
}

async function headsToReport(bot: Bot, repository: Repository, run: Run): Promise<string[]> {
  const { pullNumber } = run;
  if (pullNumber === null) return [run.commit];
  const runs = await listRunsOf(bot, repository, pullNumber, "build");
  if (!ofMerge(runs)(run)) return [run.commit];
  // A command may stand on an issue, which is no pull request.
  const pull = await unlessMissing(() => getPullRequest(clientFor(bot, repository), pullNumber));
  return pull?.merged === true ? [run.commit, pull.headSha] : [run.commit];
}

/** Newest first. */
async function listRunsOf(
  bot: Bot,
  { id: repositoryId }: Repository,
  pullNumber: number,
  kind: "build" | "trial",
): Promise<readonly Run[]> {
  return listRuns(bot.db, { repositoryId, kind, pullNumber }, mostRunsOfPullRequest);
}

/** Which of the builds reported on a pull request are of its merge: those that it caused, and the same again. */
function ofMerge(builds: readonly Run[]): (run: Run) => boolean {
  const key = ({ stream, commit }: Run): string => `${stream} ${commit}`;
  const merged = new Set(builds.filter(({ cause }) => cause.startsWith("merge:")).map(key));
  return (run) => merged.has(key(run));
}

const purposes: Readonly<Record<RunsTold, string>> = {
  merge: "builds",
  trial: "trials",
  asked: "asked-builds",
};

interface RunsToTell {
  readonly issue: number;
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly told: RunsTold;
}

async function reportRunsComment(
  bot: Bot,
  repository: Repository,
  { issue, runs, told }: RunsToTell,
): Promise<void> {
  const newest = [...new Map(runs.toReversed().map((run) => [run.stream, run])).values()];
  if (newest.length === 0) return;
  const reports = await Promise.all(newest.map((run) => runReport(bot, run)));
  await reportComment(bot, repository, {
    issue,
    purpose: purposes[told],
    body: renderRunsComment(reports, told),
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
