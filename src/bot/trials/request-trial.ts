import { failed, type Problem, type Result } from "../../problem.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import { trialUse } from "../../streams/runs/trial-use.ts";
import type { PipelineRef } from "../../streams/types.ts";
import type { CommandComment } from "../answers/comment.ts";
import type { Bot } from "../bot.ts";
import { checkActive } from "../runs/check-active.ts";
import { requestRun } from "../runs/request-run.ts";
import { checkUpstreams, upstreamReleases } from "../runs/upstream-releases.ts";
import { findTrialCluster } from "./find-trial-cluster.ts";

export interface WantedTrial {
  readonly stream: string;
  /** Full commit of the pull request. */
  readonly commit: string;
  /** What the repository says there. */
  readonly streams: StreamsRepository;
}

/** Asks for one trial build of a stream as a pull request has it. Nothing is released of it. */
export async function requestTrial(
  bot: Bot,
  comment: CommandComment,
  { stream: name, commit, streams }: WantedTrial,
): Promise<Result<{ readonly id: string }>> {
  const { repository } = comment;
  // A pull request cannot take a stream out of its pause for itself.
  if (comment.streams.streams.has(name)) {
    const known = checkActive(comment.streams, name);
    if (!known.ok) return known;
  }
  const stream = streams.streams.get(name)?.value;
  if (stream === undefined)
    return failed({
      kind: "not-found",
      what: `There is no valid stream \`${name}\` in ${commit.slice(0, 10)}.`,
    });
  const active = checkActive(streams, name);
  if (!active.ok) return active;
  const { build } = stream.spec;
  const cluster = findTrialCluster(bot, repository, build.cluster);
  if (!cluster.ok) return cluster;
  const untold = refuseForcedParams(streams, build.pipelineRef, cluster.value.params);
  if (untold !== undefined) return failed(untold);
  const releases = await upstreamReleases(bot, repository, stream);
  const complete = checkUpstreams(stream, releases);
  if (!complete.ok) return complete;
  return requestRun(bot, repository, {
    kind: "trial",
    subject: name,
    stream,
    use: trialUse(build, cluster.value.params),
    cluster: build.cluster,
    inputDigest: inputDigest(streams, name),
    cause: `command:${comment.commentId}`,
    attempt: 1,
    commit,
    values: releases.size === 0 ? {} : { upstream: Object.fromEntries(releases) },
    pullNumber: comment.issue,
    requestedBy: comment.login,
  });
}

/** Where it is not known that a pipeline takes a param that trials are forced to have, it could do what that forbids. */
function refuseForcedParams(
  { pipelines }: StreamsRepository,
  ref: PipelineRef,
  forced: Readonly<Record<string, string>>,
): Problem | undefined {
  const names = Object.keys(forced);
  const declared = "path" in ref ? (pipelines.get(ref.path)?.value.spec.params ?? []) : [];
  const missing = names.filter((name) => !declared.some((param) => param.name === name));
  if (missing.length === 0) return undefined;
  const list = missing.map((name) => `\`${name}\``).join(", ");
  return {
    kind: "refused",
    what: `Trials are forced to set ${list}, and it is not known that the pipeline takes that.`,
    next: "Let a pipeline of this repository declare the param and heed it, or have the operator change `trials.params`.",
  };
}
