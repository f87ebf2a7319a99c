import type { Mirror } from "../../github/open-mirror.ts";
import { unwrap } from "../../problem.ts";
import { setBaseline } from "../../store/repositories.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Bot } from "../bot.ts";
import { readVerifiedStreams } from "../read-streams.ts";
import type { PullRequestHead } from "./review.ts";

/** What the merge of a pull request into the default branch would make of it. */
export interface ReadMerge {
  readonly mirror: Mirror;
  /** Commits. */
  readonly base: string;
  readonly head: string;
  readonly tree: string;
  readonly before: StreamsRepository;
  readonly after: StreamsRepository;
  /** Paths. */
  readonly changed: ReadonlySet<string>;
}

/**
 * The merge of a pull request's head into the default branch, under that branch's settings; undefined where the pull
 * request has moved on, whose newer head has an event of its own.
 */
export async function readMerge(
  bot: Bot,
  repository: Repository,
  { number, headSha: head, baseRef }: Pick<PullRequestHead, "number" | "headSha" | "baseRef">,
): Promise<ReadMerge | { readonly conflicts: readonly string[] } | undefined> {
  const mirror = bot.mirrorOf(repository);
  await mirror.fetch();
  const fetched = await mirror.fetchPullRequest(number, head);
  if (!fetched.ok && fetched.problem.kind === "conflict") return undefined;
  unwrap(fetched);
  const base = await mirror.resolve(baseRef);
  if (base === undefined) return undefined;
  await setBaseline(bot.db, repository.id, base);
  const before = await readVerifiedStreams(bot, repository, base);
  const merged = await mirror.mergeTree(base, head);
  if ("conflicts" in merged) return merged;
  const { tree } = merged;
  const after = await readVerifiedStreams(bot, repository, tree, before.settings);
  const changed = new Set(await mirror.changedPaths(base, tree));
  return { mirror, base, head, tree, before, after, changed };
}

/** What the pull request brings: findings in files that it touches, and those that the base branch does not have. */
export function broughtFindings(
  { before, changed }: Pick<ReadMerge, "before" | "changed">,
  after: readonly Finding[],
): readonly Finding[] {
  const same = new Set(before.findings);
  const others = after.filter((finding) => changed.has(finding.file) || !same.has(finding));
  const files = new Set(others.map(({ file }) => file));
  const known = new Set(before.findings.filter(({ file }) => files.has(file)).map(identity));
  return others.filter((finding) => changed.has(finding.file) || !known.has(identity(finding)));
}

function identity(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.file, finding.message]);
}
