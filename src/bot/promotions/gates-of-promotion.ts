import { listComments } from "../../github/comments.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import { countApprovals, type GivenApproval } from "../../promotion/count-approvals.ts";
import { evaluateGates } from "../../promotion/evaluate-gates.ts";
import { approverNames } from "../../promotion/is-approver.ts";
import type { Gate } from "../../promotion/types.ts";
import { listApprovals } from "../../store/approvals.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { getRelease } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Bot } from "../bot.ts";
import { mayRun } from "../builds-of.ts";
import { decisionOf } from "./decision-of.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { readTeams } from "./read-teams.ts";
import { clientFor } from "../report.ts";
import { verificationsOf } from "../releases/verifications-of.ts";

export interface JudgedPromotion {
  readonly gates: readonly Gate[];
  readonly approvals: readonly GivenApproval[];
  readonly ignored: readonly { readonly login: string; readonly why: string }[];
  readonly minimumApprovals: number;
}

/**
 * The gates of a promotion as everything stands now: the policy of the default branch, the release, and those
 * approvals whose comment is still there, unchanged, by the same person.
 */
export async function gatesOfPromotion(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  pull: PullRequest,
): Promise<JudgedPromotion> {
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const policy = streams.channels.get(promotion.channel)?.value.spec.promotion;
  if (policy === undefined) return withoutPolicy(promotion);
  const release = await getRelease(bot.db, repository.id, promotion.release);
  const approvals = await standingApprovals(bot, repository, promotion);
  const settingsApprovers = streams.settings.roles?.approvers;
  const teams = await readTeams(
    clientFor(bot, repository),
    approverNames(policy.approvals, settingsApprovers),
    approvals.map(({ login }) => login),
  );
  const digest = (await decisionOf(bot, repository, promotion, streams)) ?? "";
  const { requester } = promotion;
  const author = pull.author;
  const judged = evaluateGates({
    now: bot.now(),
    policy,
    release,
    verifications:
      release === undefined ? undefined : await verificationsOf(bot, repository, release),
    approvals,
    settingsApprovers,
    teams,
    decisionDigest: digest,
    requester,
    author,
    hold: holdOf(promotion, streams),
    madeHead: promotion.headSha ?? undefined,
    head: pull.headSha,
  });
  const strange = await strangeContents(bot, repository, promotion, pull);
  const gates = judged.map((gate) =>
    gate.name === "contents" && gate.state === "open" ? (strange ?? gate) : gate,
  );
  const { counted, ignored } = countApprovals({
    policy: policy.approvals,
    settingsApprovers,
    teams,
    approvals,
    decisionDigest: digest,
    requester,
    author,
  });
  return { gates, approvals: counted, ignored, minimumApprovals: policy.approvals.minimum };
}

/**
 * Whether the merge would bring anything but the channel's pointer: names of branches can be foreseen, so somebody may
 * have written to this one before the bot did.
 */
async function strangeContents(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  pull: PullRequest,
): Promise<Gate | undefined> {
  const mirror = bot.mirrorOf(repository);
  const base = await mirror.resolve(repository.defaultBranch);
  const closed = { name: "contents", state: "closed" } as const;
  if (base === undefined) return { ...closed, why: "The default branch is not there." };
  const merged = await mirror.mergeTree(base, pull.headSha);
  if ("conflicts" in merged)
    return { ...closed, why: "It conflicts with the default branch. Ask for the promotion again." };
  const pointer = `streams/channels/${promotion.channel}/release.yaml`;
  const changed = await mirror.changedPaths(base, merged.tree);
  if (changed.length === 1 && changed[0] === pointer) return undefined;
  return {
    ...closed,
    why: "The merge would not change the channel's pointer alone. Close this pull request and ask for the promotion again.",
  };
}

async function standingApprovals(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<readonly GivenApproval[]> {
  const saved = await listApprovals(bot.db, promotion.id);
  if (saved.length === 0 || promotion.pullNumber === null) return [];
  const comments = await listComments(clientFor(bot, repository), promotion.pullNumber);
  return saved.filter((approval) =>
    comments.some(
      (comment) =>
        comment.id === approval.commentId &&
        comment.author === approval.login &&
        comment.updatedAt === comment.createdAt,
    ),
  );
}

function holdOf(
  { heldBy, holdReason }: Promotion,
  streams: StreamsRepository,
): { readonly by: string; readonly reason: string } | undefined {
  if (heldBy !== null) return { by: heldBy, reason: holdReason ?? "" };
  if (mayRun(streams)) return undefined;
  return { by: ".github/okd-streams.yml", reason: "the repository is paused or in report mode" };
}

function withoutPolicy(promotion: Promotion): JudgedPromotion {
  return {
    gates: [
      {
        name: "contents",
        state: "unknown",
        why: `The channel \`${promotion.channel}\` is not valid on the default branch, so nothing can be decided.`,
      },
    ],
    approvals: [],
    ignored: [],
    minimumApprovals: 0,
  };
}
