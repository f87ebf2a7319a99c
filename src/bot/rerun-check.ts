import { authorise } from "../commands/authorise.ts";
import { listOpenPullRequests } from "../github/pull-requests.ts";
import { permissionOf } from "../github/permission-of.ts";
import { findCheckRun } from "../store/check-runs.ts";
import type { Repository } from "../store/repository-record.ts";
import { insertRunIfAbsent, listRuns } from "../store/runs.ts";
import { runKey, runName } from "../streams/run-key.ts";
import type { RunRequest } from "../streams/run-request.ts";
import type { Bot } from "./bot.ts";
import { pullRequestHead } from "./pull-request-head.ts";
import { clientFor } from "./report.ts";
import { reviewPullRequest } from "./review-pull-request.ts";
import { isOver } from "./run-report.ts";

const buildCheck = /^okd-streams \/ build \((?<stream>[a-z0-9-]+)\)$/;
const mostRuns = 50;

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
  const stream = buildCheck.exec(check.name)?.groups?.["stream"];
  if (stream === undefined) return reviewAgain(bot, repository, check.headSha, request.checkRunId);
  await buildAgain(bot, repository, { ...request, stream, headSha: check.headSha });
}

async function reviewAgain(
  bot: Bot,
  repository: Repository,
  headSha: string,
  checkRunId: number,
): Promise<void> {
  const open = await listOpenPullRequests(clientFor(bot, repository), repository.defaultBranch);
  const pull = open.find((candidate) => candidate.headSha === headSha);
  if (pull === undefined) return;
  await reviewPullRequest(bot, repository, pullRequestHead(repository, pull), checkRunId);
}

async function buildAgain(
  bot: Bot,
  repository: Repository,
  request: RerunRequest & { readonly stream: string; readonly headSha: string },
): Promise<void> {
  const role = await permissionOf(clientFor(bot, repository), request.login);
  const allowed = authorise({ verb: "retry" }, { ...nobody, login: request.login, role });
  if (!allowed.ok) {
    bot.log.info({ login: request.login, stream: request.stream }, "a re-run was refused");
    return;
  }
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, stream: request.stream, kind: "build" },
    mostRuns,
  );
  const latest = runs.find((run) => run.commit === request.headSha) ?? runs[0];
  if (latest === undefined || !isOver(latest.state)) return;
  const again: RunRequest = {
    ...latest.request,
    cause: `command:check-${request.checkRunId}`,
    attempt: latest.attempt + 1,
  };
  await insertRunIfAbsent(
    bot.db,
    {
      id: runKey(again),
      name: runName(again),
      request: again,
      pullNumber: latest.pullNumber,
      requestedBy: request.login,
    },
    bot.now(),
  );
  bot.wake();
}

const nobody = {
  isBot: false,
  isAuthor: false,
  maintainsStream: () => false,
  isApprover: false,
  isRequester: false,
};
