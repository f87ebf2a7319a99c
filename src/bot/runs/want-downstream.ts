import type { Release } from "../../store/release-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import type { Run } from "../../store/run-record.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { buildsOf } from "../builds-of.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { requestBuild } from "./request-build.ts";
import { upstreamReleases, type UpstreamReleases } from "./upstream-releases.ts";

const mostBuilds = 200;

/**
 * Asks for the builds that follow releases: of every stream that has no build yet on the newest Accepted releases of
 * the streams in its `afterStreams`. What is there is compared, so that a release that was Accepted during a pause, or
 * whose end was cut short by a crash, is followed by the next look.
 */
export async function wantDownstream(bot: Bot, repository: Repository): Promise<void> {
  // Two looks at once could see different commits, and then one release would give two builds.
  await bot.lock.run(`downstream ${repository.id}`, async () => {
    const { head, streams } = await readDefaultBranch(bot, repository);
    for (const { value: stream } of buildsOf(streams)) {
      const followed = await releaseToFollow(bot, repository, stream);
      if (followed === undefined) continue;
      const requested = await requestBuild(bot, repository, {
        streams,
        stream,
        cause: `upstream:${followed.runId}`,
        commit: head,
      });
      if (requested.ok) bot.wake();
      else
        bot.log.warn(
          { stream: stream.metadata.name, problem: requested.problem },
          "a stream cannot follow another",
        );
    }
  });
}

/** The newest release that no build of the stream was made on; undefined while a stream that it follows has none. */
async function releaseToFollow(
  bot: Bot,
  repository: Repository,
  stream: Stream,
): Promise<Release | undefined> {
  const upstreams = stream.spec.triggers?.afterStreams ?? [];
  if (upstreams.length === 0) return undefined;
  const releases = await upstreamReleases(bot, repository, stream);
  if (releases.size < upstreams.length) return undefined;
  const builds = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "build", stream: stream.metadata.name },
    mostBuilds,
  );
  if (builds.some((build) => isOn(build, releases))) return undefined;
  const [newest] = [...releases.values()]
    .filter(({ runId }) => !builds.some(({ cause }) => cause === `upstream:${runId}`))
    .toSorted((a, b) => momentOf(b).localeCompare(momentOf(a)));
  return newest;
}

function isOn({ request }: Run, releases: UpstreamReleases): boolean {
  return [...releases].every(([stream, { name }]) => request.upstreams?.[stream] === name);
}

function momentOf({ acceptedAt, createdAt }: Release): string {
  return acceptedAt ?? createdAt;
}
