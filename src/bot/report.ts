import { ensureCheckRun, type CheckRunInput } from "../github/ensure-check-run.ts";
import { isRerunOf } from "./reviews/check-key.ts";
import { ensureComment } from "../github/ensure-comment.ts";
import type { GitHubClient } from "../github/create-github-app.ts";
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

/** Makes the check run of this name on this commit say this; writes nothing where it already does. */
export async function reportCheck(
  bot: Bot,
  repository: Repository,
  check: Omit<CheckRunInput, "known">,
): Promise<void> {
  const key = { repositoryId: repository.id, headSha: check.headSha, name: check.name };
  await bot.lock.run(`check ${repository.id} ${check.headSha} ${check.name}`, async () => {
    const known = await getKnownCheckRun(bot.db, key);
    const externalId =
      known !== undefined && isRerunOf(check.externalId, known.externalId)
        ? known.externalId
        : check.externalId;
    const { id, hash } = await ensureCheckRun(clientFor(bot, repository), {
      ...check,
      externalId,
      ...(known === undefined ? {} : { known }),
    });
    await saveKnownCheckRun(bot.db, key, { id, hash, externalId });
  });
}
