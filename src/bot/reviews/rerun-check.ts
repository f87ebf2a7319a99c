import { authorise, type Actor } from "../../commands/authorise.ts";
import type { Command } from "../../commands/types.ts";
import { findPullRequestsOfCommit, listOpenPullRequests } from "../../github/pull-requests.ts";
import { permissionOf } from "../../github/permission-of.ts";
import { findCheckRun } from "../../store/check-runs.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { getRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { mayRun } from "../builds-of.ts";
import { pullRequestHead } from "./pull-request-head.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { clientFor } from "../report.ts";
import { reviewPullRequest } from "./review-pull-request.ts";
import { requestAgain } from "../runs/request-again.ts";
import { whyNoTrial } from "../trials/why-no-trial.ts";
import { isOver } from "../runs/run-report.ts";

const buildCheck = /^okd-streams \/ build \((?<stream>[a-z0-9-]+)\)$/;
const trialCheck = /^okd-streams \/ trial \([a-z0-9-]+\)$/;
const mostRuns = 200;

export interface RerunRequest {
  readonly checkRunId: number;
  /** Who pressed the button. */
  readonly login: string;
}

/**
 * Re-run in the Checks UI: does again what exactly this check run stands for, by our own record of it and never by
 * what the event says. A check that the bot did not make is ignored.
 */
export async function rerunCheck(
  bot: Bot,
  repository: Repository,
  request: RerunRequest,
): Promise<void> {
  const check = await findCheckRun(bot.db, repository.id, request.checkRunId);
  if (check === undefined) return;
  const { headSha } = check;
  if (trialCheck.test(check.name))
    return tryAgain(bot, repository, { ...request, runId: check.externalId });
  const stream = buildCheck.exec(check.name)?.groups?.["stream"];
  if (stream === undefined)
    return reviewAgain(bot, repository, { ...request, name: check.name, headSha });
  await buildAgain(bot, repository, { ...request, stream, headSha });
}

interface CheckRerun extends RerunRequest {
  readonly name: string;
  readonly headSha: string;
}

async function reviewAgain(
  bot: Bot,
  repository: Repository,
  { checkRunId: id, login, name, headSha }: CheckRerun,
): Promise<void> {
  const open = await listOpenPullRequests(clientFor(bot, repository), repository.defaultBranch);
  const pull = open.find((candidate) => candidate.headSha === headSha);
  if (pull === undefined) return;
  const sender = { login, isAuthor: pull.author === login };
  if (!(await isAllowed(bot, repository, { verb: "retest" }, sender))) return;
  await reviewPullRequest(bot, repository, pullRequestHead(repository, pull), { id, name });
}

async function tryAgain(
  bot: Bot,
  repository: Repository,
  { runId, login, checkRunId }: RerunRequest & { readonly runId: string },
): Promise<void> {
  if (!(await isAllowed(bot, repository, { verb: "test" }, { login, isAuthor: false }))) return;
  const run = await getRun(bot.db, runId);
  if (run === undefined || !isOver(run.state)) return;
  const refusal = await whyNoTrial(bot, repository, run);
  if (refusal !== undefined) {
    bot.log.info({ run: run.name, problem: refusal }, "a re-run was refused");
    return;
  }
  const { streams } = await readDefaultBranch(bot, repository);
  await requestAgain(bot, run, {
    cause: `command:check-${checkRunId}`,
    requestedBy: login,
    pullNumber: run.pullNumber,
    streams,
  });
}

interface StreamRerun extends RerunRequest {
  readonly stream: string;
  readonly headSha: string;
}

async function buildAgain(bot: Bot, repository: Repository, request: StreamRerun): Promise<void> {
  const sender = { ...request, isAuthor: false };
  if (!(await isAllowed(bot, repository, { verb: "retry" }, sender))) return;
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  if (!mayRun(streams)) return;
  const latest = await findBuild(bot, repository, request);
  if (latest === undefined || !isOver(latest.state)) return;
  const again = await requestAgain(bot, latest, {
    cause: `command:check-${request.checkRunId}`,
    requestedBy: request.login,
    pullNumber: latest.pullNumber,
    streams,
  });
  if (!again.ok)
    bot.log.info({ stream: latest.stream, problem: again.problem }, "a re-run was refused");
}

/** The newest build that this check showed: of its very commit, or of the pull request whose last head it is. */
async function findBuild(
  bot: Bot,
  repository: Repository,
  { stream, headSha }: StreamRerun,
): Promise<Run | undefined> {
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, stream, kind: "build" },
    mostRuns,
  );
  const own = runs.find((run) => run.commit === headSha);
  if (own !== undefined) return own;
  const pulls = await findPullRequestsOfCommit(clientFor(bot, repository), headSha);
  const numbers = pulls.filter((pull) => pull.headSha === headSha).map(({ number }) => number);
  return runs.find(({ pullNumber }) => pullNumber !== null && numbers.includes(pullNumber));
}

async function isAllowed(
  bot: Bot,
  repository: Repository,
  command: Command,
  { login, isAuthor }: { readonly login: string; readonly isAuthor: boolean },
): Promise<boolean> {
  const role = await permissionOf(clientFor(bot, repository), login);
  const actor: Actor = { ...nobody, login, role, isAuthor };
  if (authorise(command, actor).ok) return true;
  bot.log.info({ login, verb: command.verb }, "a re-run was refused");
  return false;
}

const nobody = {
  isBot: false,
  maintainsStream: () => false,
  isApprover: false,
  isRequester: false,
};
