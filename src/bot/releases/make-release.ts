import { insertReleaseIfAbsent } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { updateRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { judgeRelease } from "./judge-release.ts";
import { readStreams } from "../read-streams.ts";
import { releaseOfRun } from "./release-of-run.ts";

/** Makes the release of a succeeded build and begins its verifications; says so where the build gave none. */
export async function makeRelease(bot: Bot, repository: Repository, run: Run): Promise<void> {
  const streams = await readStreams(bot, repository, run.commit);
  const stream = streams.streams.get(run.stream)?.value;
  if (stream === undefined) return;
  const release = releaseOfRun(stream, run);
  if (!release.ok) {
    const next = release.problem.next ?? "";
    await updateRun(bot.db, run.id, {
      message:
        `The build succeeded, but made no release: ${release.problem.what} ${next}`.trimEnd(),
    });
    return;
  }
  await insertReleaseIfAbsent(
    bot.db,
    {
      repositoryId: repository.id,
      ...release.value,
      stream: run.stream,
      runId: run.id,
      commit: run.commit,
      phase: "Pending",
    },
    bot.now(),
  );
  await judgeRelease(bot, repository, release.value.name);
}
