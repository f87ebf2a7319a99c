import type { Mirror } from "../../github/open-mirror.ts";
import { unwrap } from "../../problem.ts";
import { setBaseline } from "../../store/repositories.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import { planChange } from "../../streams/plan/plan-change.ts";
import { renderPlanMarkdown } from "../../streams/plan/render-plan-markdown.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Bot } from "../bot.ts";
import { graphsOfChange } from "./graphs-of-change.ts";
import { readVerifiedStreams } from "../read-streams.ts";
import { reportReview } from "./report-review.ts";
import { mendableFindings } from "./mendable-findings.ts";
import { suggestionsOfReview } from "./suggestions-of-review.ts";
import type { PullRequestHead, RerunCheck, ReviewOutcome } from "./review.ts";

/**
 * Reviews what the merge of the pull request would make of the default branch: its findings, and what it would build.
 * The settings are the default branch's, so no pull request loosens the rules that it is checked by; pull requests into
 * other branches are none of the bot's.
 */
export async function reviewPullRequest(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  rerunOf?: RerunCheck,
): Promise<void> {
  // Checks belong to commits: a verdict about another branch would stand in for the one about this.
  if (pull.baseRef !== repository.defaultBranch) return;
  await bot.lock.run(`review ${repository.id}#${pull.number}`, async () => {
    const mirror = bot.mirrorOf(repository);
    await mirror.fetch();
    const fetched = await mirror.fetchPullRequest(pull.number, pull.headSha);
    // It moved on: the event of the newer head has its own review.
    if (!fetched.ok && fetched.problem.kind === "conflict") return;
    unwrap(fetched);
    const base = await mirror.resolve(pull.baseRef);
    if (base === undefined) return;
    await setBaseline(bot.db, repository.id, base);
    const before = await readVerifiedStreams(bot, repository, base);
    const merged = await mirror.mergeTree(base, pull.headSha);
    const review =
      "conflicts" in merged
        ? conflictReview(pull, merged.conflicts)
        : await reviewTree(bot, repository, pull, { mirror, base, before, tree: merged.tree });
    await reportReview(bot, repository, pull, { ...review, rerunOf });
  });
}

const nothingChanged: ReadonlySet<string> = new Set();

function conflictReview(pull: PullRequestHead, conflicts: readonly string[]): ReviewOutcome {
  return {
    review: {
      headSha: pull.headSha,
      findings: [],
      older: 0,
      conflicts,
      streams: [],
      plan: "",
      fileUrl: () => "",
    },
    changed: nothingChanged,
    builds: 0,
    suggestions: [],
    mendable: 0,
  };
}

interface MergedTree {
  readonly mirror: Mirror;
  readonly base: string;
  readonly before: StreamsRepository;
  readonly tree: string;
}

async function reviewTree(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  { mirror, base, before, tree }: MergedTree,
): Promise<ReviewOutcome> {
  const after = await readVerifiedStreams(bot, repository, tree, before.settings);
  const changed = new Set(await mirror.changedPaths(base, tree));
  const findings = newFindings(before.findings, after.findings, changed);
  const merge = { mirror, base, tree, head: pull.headSha, after };
  const plan = planChange(before, after, { now: bot.now() });
  return {
    review: {
      headSha: pull.headSha,
      findings,
      older: after.findings.length - findings.length,
      conflicts: [],
      streams: graphsOfChange(after, changed),
      plan: renderPlanMarkdown(plan),
      fileUrl: (finding) =>
        `${bot.gitHubUrl}/${repository.owner}/${repository.name}/blob/${pull.headSha}/${encodePath(finding.file)}#L${finding.line}`,
    },
    changed,
    builds: plan.builds.length,
    suggestions: await suggestionsOfReview(merge, findings),
    mendable:
      before.settings.mode === "report" ? 0 : (await mendableFindings(merge, findings)).length,
  };
}

/** No character of a file's name may end the link that it stands in, or mention anybody. */
function encodePath(path: string): string {
  return encodeURIComponent(path)
    .replaceAll("%2F", "/")
    .replace(/[!'()*~_]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** What the pull request brings: findings in files that it touches, and those that the base branch does not have. */
function newFindings(
  before: readonly Finding[],
  after: readonly Finding[],
  changed: ReadonlySet<string>,
): readonly Finding[] {
  const same = new Set(before);
  const others = after.filter((finding) => changed.has(finding.file) || !same.has(finding));
  const files = new Set(others.map(({ file }) => file));
  const known = new Set(before.filter(({ file }) => files.has(file)).map(identity));
  return others.filter((finding) => changed.has(finding.file) || !known.has(identity(finding)));
}

function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.file, finding.message]);
}
