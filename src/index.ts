import type { ApplicationFunction } from "probot";
import { answerComment } from "./bot/answers/answer-comment.ts";
import type { Bot } from "./bot/bot.ts";
import { ensureProposalLabel } from "./bot/proposals/ensure-proposal-label.ts";
import { followEndOfProposal } from "./bot/proposals/follow-end-of-proposal.ts";
import { followProposal } from "./bot/proposals/follow-proposal.ts";
import { commitFixes } from "./bot/reviews/commit-fixes.ts";
import { isNewTo } from "./bot/reviews/pull-request-head.ts";
import { rerunCheck } from "./bot/reviews/rerun-check.ts";
import { reviewMergeGroup } from "./bot/reviews/review-merge-group.ts";
import { reviewOpenPullRequests } from "./bot/reviews/review-open-pull-requests.ts";
import { reviewPullRequest } from "./bot/reviews/review-pull-request.ts";
import { syncRepository } from "./bot/sync-repository.ts";
import { stopStaleTrials } from "./bot/trials/stop-stale-trials.ts";
import { wakePromotionOfPullRequest } from "./bot/promotions/wake-promotion.ts";
import type { Repository } from "./store/repository-record.ts";
import { saveRepository, setBaseline } from "./store/repositories.ts";
import { proposalLabel } from "./streams/proposals/proposal-fields.ts";

interface RepositoryEvent {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly default_branch: string;
    readonly owner: { readonly login: string } | null;
  };
}

/** The GitHub App: each event only names what to look at, and a use case of the bot looks. */
export function okdStreams(bot: Bot): ApplicationFunction {
  return (app) => {
    app.on(
      [
        "pull_request.opened",
        "pull_request.synchronize",
        "pull_request.reopened",
        "pull_request.edited",
      ],
      async ({ payload }) => {
        const repository = await seen(bot, payload);
        if (repository === undefined || payload.pull_request.state !== "open") return;
        const { number, head, base, created_at } = payload.pull_request;
        await stopStaleTrials(bot, repository, number);
        await reviewPullRequest(bot, repository, {
          number,
          headSha: head.sha,
          baseRef: base.ref,
          ownBranch: branchWithin(repository, head),
          isNew: isNewTo(repository, created_at),
        });
        await wakePromotionOfPullRequest(bot, repository, payload.pull_request.number);
      },
    );

    app.on("pull_request.closed", async ({ payload }) => {
      const repository = await seen(bot, payload);
      if (repository === undefined) return;
      await stopStaleTrials(bot, repository, payload.pull_request.number);
      await wakePromotionOfPullRequest(bot, repository, payload.pull_request.number);
      await followEndOfProposal(bot, repository, payload.pull_request.number);
    });

    app.on("push", async ({ payload }) => {
      const repository = await seen(bot, payload);
      if (repository === undefined) return;
      if (payload.ref !== `refs/heads/${repository.defaultBranch}`) return;
      // Where this is the first that is seen of the repository, what stood before it counts as built, and it does not.
      if (!payload.created) await setBaseline(bot.db, repository.id, payload.before);
      await syncRepository(bot, repository);
      await reviewOpenPullRequests(bot, repository);
      await ensureProposalLabel(bot, repository);
    });

    app.on(
      ["issues.opened", "issues.edited", "issues.labeled", "issues.reopened"],
      async ({ payload }) => {
        const repository = await seen(bot, payload);
        if (repository === undefined) return;
        // Of most issues nothing has to be read.
        if (payload.issue.labels?.some((label) => label?.name === proposalLabel) !== true) return;
        await followProposal(bot, repository, payload.issue.number);
      },
    );

    app.on("merge_group.checks_requested", async ({ payload }) => {
      const { repository: where, installation, merge_group } = payload;
      if (where === undefined) return;
      const repository = await seen(bot, { repository: where, installation });
      if (repository === undefined) return;
      const { head_sha, base_sha, base_ref } = merge_group;
      await reviewMergeGroup(bot, repository, {
        headSha: head_sha,
        baseSha: base_sha,
        baseRef: base_ref,
      });
    });

    app.on("issue_comment.created", async ({ payload }) => {
      const repository = await seen(bot, payload);
      const { comment, issue } = payload;
      if (repository === undefined || comment.user === null) return;
      await answerComment(bot, repository, {
        issue: issue.number,
        isPullRequest: issue.pull_request !== undefined,
        issueAuthor: issue.user.login,
        commentId: comment.id,
        body: comment.body,
        login: comment.user.login,
        isBot: comment.user.type === "Bot",
      });
    });

    app.on("check_run.rerequested", async ({ payload }) => {
      const repository = await seen(bot, payload);
      if (repository === undefined) return;
      await rerunCheck(bot, repository, {
        checkRunId: payload.check_run.id,
        login: payload.sender.login,
      });
    });

    app.on("check_run.requested_action", async ({ payload }) => {
      const repository = await seen(bot, payload);
      if (repository === undefined) return;
      const { check_run, requested_action, sender } = payload;
      await commitFixes(bot, repository, {
        checkRunId: check_run.id,
        identifier: requested_action?.identifier ?? "",
        person: { login: sender.login, id: sender.id, isBot: sender.type === "Bot" },
      });
    });

    app.on(["repository.renamed", "repository.transferred", "repository.edited"], async (event) => {
      await seen(bot, event.payload);
    });
  };
}

/** The repository as the event describes it; undefined where the event did not come through an installation. */
async function seen(bot: Bot, event: RepositoryEvent): Promise<Repository | undefined> {
  const { installation, repository } = event;
  if (installation === undefined || repository.owner === null) return undefined;
  return saveRepository(
    bot.db,
    {
      id: repository.id,
      installationId: installation.id,
      owner: repository.owner.login,
      name: repository.name,
      defaultBranch: repository.default_branch,
    },
    bot.now(),
  );
}

/** The published types say that a fork always has a repository; a deleted fork has none. */
function branchWithin(
  repository: Repository,
  head: { readonly ref: string; readonly repo: { readonly id: number } | null },
): string | undefined {
  return head.repo?.id === repository.id ? head.ref : undefined;
}
