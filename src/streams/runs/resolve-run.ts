import { ok, type Result } from "../../problem.ts";
import { commonVariables, fillVariables } from "./fill-variables.ts";
import type { VariableValues } from "./fill-variables.ts";
import { runKey } from "./run-key.ts";
import type { RunIdentity } from "./run-key.ts";
import type { RunRequest } from "./run-request.ts";
import type { PipelineUse, Stream } from "../types.ts";

/** A release that a build follows. */
export interface UpstreamRelease {
  readonly name: string;
  readonly pullSpec: string;
  readonly digest: string;
}

/** What params may refer to beyond the stream and the run. */
export interface RunValues {
  readonly release?: { readonly name: string; readonly pullSpec: string; readonly digest: string };
  readonly channel?: { readonly name: string };
  /** By the name of a stream of afterStreams: its release. */
  readonly upstream?: Readonly<Record<string, UpstreamRelease>>;
}

/** A run that is wanted, its values still unresolved. */
export interface RunToResolve extends RunIdentity {
  /** For a publish run, the stream of the release. */
  readonly stream: Stream;
  readonly use: PipelineUse;
  readonly cluster: string;
  /** Full commit of the streams repository. */
  readonly commit: string;
  /** When the run is asked for. */
  readonly time: Date;
  readonly values: RunValues;
}

/** The request with every `$(…)` of its params filled in; `invalid` where one has no value. */
export function resolveRun(run: RunToResolve): Result<RunRequest> {
  const values = variables(run);
  const params: Record<string, string> = {};
  for (const [name, text] of Object.entries(run.use.params ?? {})) {
    const filled = fillVariables(text, values);
    if (!filled.ok) {
      return { ok: false, problem: { ...filled.problem, where: `params.${name}` } };
    }
    params[name] = filled.value;
  }
  const isBuild = run.kind === "build" || run.kind === "trial";
  const needs = isBuild ? run.stream.spec.build.needs : undefined;
  return ok({
    repositoryId: run.repositoryId,
    kind: run.kind,
    subject: run.subject,
    stream: run.stream.metadata.name,
    inputDigest: run.inputDigest,
    cause: run.cause,
    attempt: run.attempt,
    cluster: run.cluster,
    commit: run.commit,
    pipelineRef: run.use.pipelineRef,
    params,
    workspaces: run.use.workspaces ?? {},
    timeouts: run.use.timeouts ?? {},
    ...(needs === undefined ? {} : { needs }),
    ...(run.values.upstream && { upstreams: releaseNames(run.values.upstream) }),
  });
}

function releaseNames(upstream: NonNullable<RunValues["upstream"]>): Record<string, string> {
  return Object.fromEntries(Object.entries(upstream).map(([stream, { name }]) => [stream, name]));
}

function variables(run: RunToResolve): VariableValues {
  const { release, channel, upstream = {} } = run.values;
  const id = runKey(run);
  const more: [string, string][] = Object.entries(upstream).flatMap(([name, image]) => [
    [`upstream.${name}.pullSpec`, image.pullSpec],
    [`upstream.${name}.digest`, image.digest],
  ]);
  if (channel !== undefined) more.push(["channel.name", channel.name]);
  if (release !== undefined) {
    more.push(
      ["release.name", release.name],
      ["release.pullSpec", release.pullSpec],
      ["release.digest", release.digest],
    );
  }
  const common = commonVariables(run.stream, { id, commit: run.commit, time: run.time });
  return new Map([...common, ...more]);
}
