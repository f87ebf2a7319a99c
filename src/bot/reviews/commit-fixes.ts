import { commitFiles } from "../../github/commit-files.ts";
import type { CommittedFile } from "../../github/make-commit.ts";
import { permissionOf } from "../../github/permission-of.ts";
import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import { ProblemError } from "../../problem.ts";
import { findCheckRun } from "../../store/check-runs.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import { fixFiles, type ChangedFile } from "../../streams/fixes/fix-files.ts";
import { watchedPaths } from "../../streams/repository.ts";
import { startOfDay } from "../../streams/start-of-day.ts";
import { validateRepository } from "../../streams/validate-repository.ts";
import type { Bot } from "../bot.ts";
import type { CoAuthor } from "../render-co-author.ts";
import { clientFor } from "../report.ts";
import { fixIdentifier, isFixable } from "./fix-button.ts";
import { mendableFindings } from "./mendable-findings.ts";
import { pullRequestHead } from "./pull-request-head.ts";
import { broughtFindings, readMerge, type ReadMerge } from "./read-merge.ts";
import { renderFixCommit } from "./render-fix-commit.ts";

export interface FixRequest {
  readonly checkRunId: number;
  /** Of the button. */
  readonly identifier: string;
  /** Who pressed it. */
  readonly person: CoAuthor & { readonly isBot: boolean };
}

const mayPush: readonly string[] = ["admin", "maintain", "write"];
const validateKey = /^validate:(?<number>\d+)(?::|$)/;

/**
 * The button of the `validate` check: commits the fixes of what the pull request brings to its branch, for those who may
 * push there themselves. What the check stands for is told by our own record of it and never by the event, and
 * everything else is read anew: where the branch has moved on, nothing is done.
 */
export async function commitFixes(
  bot: Bot,
  repository: Repository,
  request: FixRequest,
): Promise<void> {
  if (request.identifier !== fixIdentifier || request.person.isBot) return;
  const check = await findCheckRun(bot.db, repository.id, request.checkRunId);
  const number = validateKey.exec(check?.externalId ?? "")?.groups?.["number"];
  if (check === undefined || number === undefined) return;
  const { login } = request.person;
  const client = clientFor(bot, repository);
  if (!mayPush.includes(await permissionOf(client, login))) {
    bot.log.info(
      { login, pull: number },
      "the button for fixes is for those with write permission",
    );
    return;
  }
  const pull = await getPullRequest(client, Number(number));
  if (pull.state !== "open" || pull.headSha !== check.headSha) return;
  if (pull.baseRef !== repository.defaultBranch) return;
  if (!(await isFixable(bot, repository, pullRequestHead(repository, pull)))) return;
  await bot.lock.run(`review ${repository.id}#${pull.number}`, () =>
    commitTo(bot, repository, pull, request.person),
  );
}

async function commitTo(
  bot: Bot,
  repository: Repository,
  pull: PullRequest,
  person: CoAuthor,
): Promise<void> {
  const merge = await readMerge(bot, repository, pull);
  if (merge === undefined || "conflicts" in merge) return;
  if (merge.before.settings.mode === "report") return;
  const { changed, fixed } = await fixMerge(bot, merge);
  if (changed.length === 0) return;
  const { tree } = await merge.mirror.commitInfo(merge.head);
  try {
    await commitFiles(clientFor(bot, repository), {
      branch: pull.headRef,
      parent: merge.head,
      tree,
      message: renderFixCommit(fixed, person, bot.gitHubUrl),
      files: changed.flatMap(committed),
    });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== "conflict") throw error;
    bot.log.info({ pull: pull.number }, "the branch moved on before its fixes were committed");
  }
}

/** Only files that are in the head as in the merge are changed, so that the head can take them as they are. */
async function fixMerge(bot: Bot, merge: ReadMerge) {
  const files = await merge.mirror.readRepositoryFiles(merge.tree, watchedPaths);
  const { settings } = merge.before;
  const now = startOfDay(bot.now());
  return await fixFiles(files, async (latest): Promise<readonly Finding[]> => {
    const { findings } =
      latest === files ? merge.after : validateRepository(latest, { now, settings });
    return await mendableFindings(merge, broughtFindings(merge, findings));
  });
}

function committed({ path, mode, content }: ChangedFile): readonly CommittedFile[] {
  if (mode !== "file" && mode !== "executable") return [];
  return [{ path, mode, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(content) }];
}
