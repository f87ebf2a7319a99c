import { substituteText } from "../../tekton/substitute.ts";
import { streamVariables } from "../runs/fill-variables.ts";
import type { RunKind, RunRequest } from "../runs/run-request.ts";
import type { PipelineUse, Stream } from "../types.ts";

/**
 * The request for a run of a stream as far as it is known before the merge: what the stream says is filled in, and what
 * only a run knows, its commit among it, stays as the `$(…)` that it is written with.
 */
export function plannedRequest(
  stream: Stream,
  use: PipelineUse,
  kind: RunKind = "build",
): RunRequest {
  const known = streamVariables(stream);
  const params = Object.entries(use.params ?? {}).map(([name, value]): [string, string] => [
    name,
    substituteText(value, known),
  ]);
  const { name } = stream.metadata;
  return {
    repositoryId: 0,
    kind,
    subject: name,
    stream: name,
    inputDigest: "",
    cause: "merge:$(run.commit)",
    attempt: 1,
    cluster: use.cluster ?? stream.spec.build.cluster,
    commit: "$(run.commit)",
    pipelineRef: use.pipelineRef,
    params: Object.fromEntries(params),
    workspaces: use.workspaces ?? {},
    timeouts: use.timeouts ?? {},
    ...(kind === "build" && stream.spec.build.needs ? { needs: stream.spec.build.needs } : {}),
  };
}
