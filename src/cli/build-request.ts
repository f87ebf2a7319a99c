import { ProblemError, unwrap } from "../problem.ts";
import { inputDigest } from "../streams/plan/input-digest.ts";
import { quoted } from "../quoted.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import { resolveRun } from "../streams/runs/resolve-run.ts";
import type { Cause, RunRequest } from "../streams/runs/run-request.ts";
import { suggestName } from "../suggest-name.ts";

export interface AskedBuild {
  readonly name: string;
  /** Where it was looked for, as a person knows it. */
  readonly where: string;
  readonly cause: Cause;
  readonly commit: string;
  readonly time: Date;
}

/** The request for a build of a stream outside the bot; throws a ProblemError where there is no such valid stream. */
export function buildRequest(repository: StreamsRepository, asked: AskedBuild): RunRequest {
  const { name, where, cause, commit, time } = asked;
  const stream = repository.streams.get(name)?.value;
  if (stream === undefined) {
    throw new ProblemError({
      kind: "not-found",
      what: `There is no valid stream ${quoted(name)} in ${where}.`,
      next: suggestName(name, repository.streams.keys(), "stream"),
    });
  }
  const { build } = stream.spec;
  return unwrap(
    resolveRun({
      repositoryId: 0,
      kind: "build",
      subject: name,
      stream,
      use: build,
      cluster: build.cluster,
      inputDigest: inputDigest(repository, name),
      cause,
      attempt: 1,
      commit,
      time,
      values: {},
    }),
  );
}
