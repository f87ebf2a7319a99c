import { failed, ok, type Result } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import type { CommandComment } from "./comment.ts";

const mostRuns = 500;

/** The newest run of each subject of this pull request, or the one with this name or beginning of its id. */
export async function findRuns(
  bot: Bot,
  comment: CommandComment,
  name: string | undefined,
): Promise<Result<readonly Run[]>> {
  const repositoryId = comment.repository.id;
  if (name === undefined) {
    const own = await listRuns(bot.db, { repositoryId, pullNumber: comment.issue }, mostRuns);
    return ok([
      ...new Map(own.toReversed().map((run) => [`${run.kind} ${run.subject}`, run])).values(),
    ]);
  }
  const all = await listRuns(bot.db, { repositoryId }, mostRuns);
  const named = all.find(
    (run) => run.name === name || (name.length >= 6 && run.id.startsWith(name)),
  );
  if (named !== undefined) return ok([named]);
  return failed({
    kind: "not-found",
    what: `No run is named \`${name}\`.`,
    next: "The builds comment of the pull request names them.",
  });
}
