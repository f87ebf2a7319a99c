import { ok, ProblemError } from "../../problem.ts";
import { findReleaseOfRun, insertReleaseIfAbsent } from "../../store/releases.ts";
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
  const known = await findReleaseOfRun(bot.db, run.id);
  // A tag may have moved since: what was read first stays.
  if (known !== undefined) return judgeRelease(bot, repository, known.name);
  const { from } = stream.spec.release;
  const digest = "image" in from ? await bot.registries.digestOf(from.image) : ok(undefined);
  if (!digest.ok && digest.problem.kind === "unavailable") {
    await updateRun(bot.db, run.id, {
      message: `The build succeeded, and its release waits for the registry: ${digest.problem.what}`,
    });
    throw new ProblemError(digest.problem);
  }
  const release = digest.ok ? releaseOfRun(stream, run, digest.value) : digest;
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
  // What stood there while the registry was waited for.
  if (run.message !== null && run.message !== "") await updateRun(bot.db, run.id, { message: "" });
  await judgeRelease(bot, repository, release.value.name);
}
