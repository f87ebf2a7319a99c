import { failed, ok, type Result } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { findNamedRun, listRuns } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";
import { verificationOfCause } from "../releases/verification-of-cause.ts";
import type { CommandComment } from "./comment.ts";

const mostRuns = 500;

/** The newest run of each purpose of this pull request, or the one with this name or beginning of its id. */
export async function findRuns(
  bot: Bot,
  comment: CommandComment,
  name: string | undefined,
): Promise<Result<readonly Run[]>> {
  const repositoryId = comment.repository.id;
  if (name === undefined) {
    const own = await listRuns(bot.db, { repositoryId, pullNumber: comment.issue }, mostRuns);
    const all = [...own, ...(await listPublications(bot, comment))];
    return ok([...new Map(all.toReversed().map((run) => [purposeOf(run), run])).values()]);
  }
  const named = await findNamedRun(bot.db, repositoryId, name);
  if (named !== undefined) return ok([named]);
  return failed({
    kind: "not-found",
    what: `No run is named \`${name}\`.`,
    next: "The builds comment of the pull request names them.",
  });
}

/** What else shares its purpose is an earlier attempt. */
function purposeOf({ kind, subject, cause }: Run): string {
  return `${kind} ${verificationOfCause(cause) ?? subject}`;
}

/** The attempts to publish what the promotion of this pull request merged, newest first. */
async function listPublications(
  bot: Bot,
  { repository, promotion }: CommandComment,
): Promise<readonly Run[]> {
  if (typeof promotion?.mergeCommit !== "string") return [];
  const { channel, mergeCommit } = promotion;
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "publish", subject: channel },
    mostRuns,
  );
  return runs.filter((run) => run.commit === mergeCommit);
}
