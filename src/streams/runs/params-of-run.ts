import type { RunRequest } from "./run-request.ts";

/** The params that a run is sent with: those of the request, and for a pipeline of this repository the reserved ones. */
export function paramsOfRun(
  { params, pipelineRef, commit }: RunRequest,
  repositoryUrl: string,
): Record<string, string> {
  if (!("path" in pipelineRef)) return { ...params };
  return { ...params, "repository-url": repositoryUrl, revision: commit };
}
