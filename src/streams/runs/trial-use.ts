import type { PipelineUse, WorkspaceSource } from "../types.ts";

/**
 * A use of a pipeline as a trial of a pull request has it: without secrets, and with the params that trials are forced
 * to have over those that the pull request gives.
 */
export function trialUse(
  use: PipelineUse,
  forced: Readonly<Record<string, string>> = {},
): PipelineUse {
  return {
    ...use,
    params: { ...use.params, ...forced },
    workspaces: Object.fromEntries(
      Object.entries(use.workspaces ?? {}).map(([name, source]) => [name, withoutSecret(source)]),
    ),
  };
}

function withoutSecret(source: WorkspaceSource): WorkspaceSource {
  return "secret" in source ? { emptyDir: {} } : source;
}
