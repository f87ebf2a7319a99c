import type { Release } from "../../store/release-record.ts";
import { listReleases } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/runs.ts";
import type { RunValues } from "../../streams/runs/resolve-run.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { buildsOf } from "../builds-of.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { requestBuild } from "./request-build.ts";

/** Asks for the builds that follow an Accepted release: of every stream that names its stream in `afterStreams`. */
export async function wantDownstream(
  bot: Bot,
  repository: Repository,
  release: Release,
): Promise<void> {
  const { head, streams } = await readDefaultBranch(bot, repository);
  for (const { value: stream } of buildsOf(streams)) {
    const upstreams = stream.spec.triggers?.afterStreams ?? [];
    if (!upstreams.includes(release.stream)) continue;
    const upstream = await acceptedReleases(bot, repository, upstreams, release);
    if (upstream === undefined) continue;
    await requestDownstream(bot, repository, { head, streams, stream, release, upstream });
  }
}

type Upstream = NonNullable<RunValues["upstream"]>;

/** The newest Accepted release of each stream, by its name; undefined while one has none. */
async function acceptedReleases(
  bot: Bot,
  repository: Repository,
  names: readonly string[],
  release: Release,
): Promise<Upstream | undefined> {
  const found: Record<string, { pullSpec: string; digest: string }> = {};
  for (const name of names) {
    const newest =
      name === release.stream
        ? release
        : (await listReleases(bot.db, repository.id, { stream: name, phase: "Accepted" }, 1))[0];
    if (newest === undefined) return undefined;
    found[name] = { pullSpec: newest.pullSpec, digest: newest.digest };
  }
  return found;
}

interface Downstream {
  readonly head: string;
  readonly streams: StreamsRepository;
  readonly stream: Stream;
  readonly release: Release;
  readonly upstream: Upstream;
}

async function requestDownstream(
  bot: Bot,
  repository: Repository,
  { head, streams, stream, release, upstream }: Downstream,
): Promise<void> {
  const subject = stream.metadata.name;
  const cause = `upstream:${release.runId}` as const;
  const [known] = await listRuns(bot.db, { repositoryId: repository.id, subject, cause }, 1);
  if (known !== undefined) return;
  const requested = await requestBuild(bot, repository, {
    streams,
    stream,
    cause,
    commit: head,
    values: { upstream },
  });
  if (!requested.ok)
    bot.log.warn({ stream: subject, problem: requested.problem }, "a stream cannot follow another");
}
