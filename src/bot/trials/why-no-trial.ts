import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import type { Problem } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { isTrusted } from "../../store/trusted-commits.ts";
import type { StreamsSettings } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { isProposalBranch } from "../proposals/proposal-branch.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { clientFor } from "../report.ts";
import { findTrialCluster } from "./find-trial-cluster.ts";

/** Why the default branch's settings let nothing of a pull request run before its merge; undefined where they do. */
export function refuseTrials({ trials, mode, pause }: StreamsSettings): Problem | undefined {
  const allowed = trials === true && mode !== "report" && pause !== true;
  if (allowed) return undefined;
  return {
    kind: "refused",
    what: "This repository builds no pull requests before their merge.",
    next: "A maintainer allows it with `trials: true` in `.github/okd-streams.yml` on the default branch; the bot's operator has to allow it too.",
  };
}

/**
 * Why a commit may not be tried as the head of this pull request, which was read just now; undefined where it may. A
 * branch of the repository itself takes pushes of those with write permission only, but the bot writes what an issue's author
 * says to the branches of proposals; of these and of every other, a maintainer has to have vouched for this very commit.
 */
export async function refuseCommit(
  bot: Bot,
  repository: Repository,
  pull: PullRequest,
  commit: string,
): Promise<Problem | undefined> {
  if (pull.state !== "open") return { kind: "conflict", what: "The pull request is closed." };
  if (pull.baseRef !== repository.defaultBranch)
    return { kind: "refused", what: "The pull request goes into another branch." };
  if (pull.headSha !== commit)
    return {
      kind: "conflict",
      what: `${commit.slice(0, 10)} is not the pull request's head any more.`,
      next: "Look at what changed, and try the new head.",
    };
  const isOwn = pull.headRepositoryId === repository.id;
  if (isOwn && !isProposalBranch(pull.headRef)) return undefined;
  if (await isTrusted(bot.db, { repositoryId: repository.id, pull: pull.number, commit }))
    return undefined;
  return {
    kind: "refused",
    what: isOwn
      ? "An issue's author wrote what this commit holds, and what it changes would run."
      : "This commit comes from another repository, and what it changes would run.",
    next: `Look at all of it; if it may run, write this line:\n\n\`\`\`\n/ok-to-test ${commit}\n\`\`\``,
  };
}

/** The same for a trial that was asked for, from what holds now. */
export async function whyNoTrial(
  bot: Bot,
  repository: Repository,
  { pullNumber, commit, cluster }: Pick<Run, "pullNumber" | "commit" | "cluster">,
): Promise<Problem | undefined> {
  if (pullNumber === null) return { kind: "invalid", what: "It belongs to no pull request." };
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const refusal = refuseTrials(streams.settings);
  if (refusal !== undefined) return refusal;
  const found = findTrialCluster(bot, repository, cluster);
  if (!found.ok) return found.problem;
  const pull = await getPullRequest(clientFor(bot, repository), pullNumber);
  return refuseCommit(bot, repository, pull, commit);
}
