import { ensureCheckRun, type CheckRunInput } from "../github/ensure-check-run.ts";
import { isRerunOf } from "./reviews/check-key.ts";
import { ensureComment } from "../github/ensure-comment.ts";
import type { GitHubClient } from "../github/create-github-app.ts";
import { beginWrite, endWrite } from "../store/begun-writes.ts";
import { getKnownCheckRun, saveKnownCheckRun } from "../store/check-runs.ts";
import { getKnownComment, saveKnownComment } from "../store/comments.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Bot } from "./bot.ts";

/** The bot's client for one repository, with tokens that open nothing else. */
export function clientFor(bot: Bot, repository: Repository): GitHubClient {
  return bot.gitHub.forRepository({
    installationId: repository.installationId,
    repositoryId: repository.id,
    owner: repository.owner,
    name: repository.name,
  });
}

export interface StickyComment {
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly purpose: string;
  readonly body: string;
}

/** Makes the one comment of this purpose say this; writes nothing where it already does. */
export async function reportComment(
  bot: Bot,
  repository: Repository,
  comment: StickyComment,
): Promise<void> {
  const key = { repositoryId: repository.id, issue: comment.issue, purpose: comment.purpose };
  await bot.lock.run(`comment ${repository.id}#${comment.issue} ${comment.purpose}`, async () => {
    const known = await getKnownComment(bot.db, key);
    const now = await ensureComment(clientFor(bot, repository), {
      ...comment,
      ...(known === undefined ? {} : { known }),
    });
    await saveKnownComment(bot.db, key, { id: now.id, hash: now.hash });
  });
}

/**
 * Makes the check run of this name on this commit say this; writes nothing where it already does. `isNew` says that no
 * other bot can have made one.
 */
export async function reportCheck(
  bot: Bot,
  repository: Repository,
  check: Omit<CheckRunInput, "known" | "isFirst">,
  isNew = false,
): Promise<void> {
  const key = { repositoryId: repository.id, headSha: check.headSha, name: check.name };
  const what = `check ${check.headSha} ${check.name}`;
  await bot.lock.run(`${repository.id} ${what}`, async () => {
    const known = await getKnownCheckRun(bot.db, key);
    const isFirst = known === undefined && (await beginWrite(bot.db, repository.id, what)) && isNew;
    const externalId =
      known !== undefined && isRerunOf(check.externalId, known.externalId)
        ? known.externalId
        : check.externalId;
    const { id, hash } = await ensureCheckRun(clientFor(bot, repository), {
      ...check,
      externalId,
      isFirst,
      ...(known === undefined ? {} : { known }),
    });
    await saveKnownCheckRun(bot.db, key, { id, hash, externalId });
    if (known === undefined) await endWrite(bot.db, repository.id, what);
  });
}
