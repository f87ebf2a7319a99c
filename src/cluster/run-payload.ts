import { paramsOfRun } from "../streams/runs/params-of-run.ts";
import { runKey, runName } from "../streams/runs/run-key.ts";
import type { RunRequest } from "../streams/runs/run-request.ts";
import { runTimeouts } from "../streams/runs/run-timeouts.ts";
import type { PipelineRef, WorkspaceSource } from "../streams/types.ts";
import type { RunPayload } from "./types.ts";

export interface PayloadOptions {
  /** OWNER/NAME. */
  readonly repositoryFullName: string;
  /** Where the cluster fetches the streams repository from, without credentials. */
  readonly repositoryUrl: string;
}

/** The body of the webhook that asks a cluster for a run. */
export function runPayload(
  request: RunRequest,
  { repositoryFullName, repositoryUrl }: PayloadOptions,
): RunPayload {
  return {
    run: {
      id: runKey(request),
      name: runName(request),
      kind: request.kind,
      attempt: String(request.attempt),
    },
    repository: {
      id: String(request.repositoryId),
      fullName: repositoryFullName,
      url: repositoryUrl,
    },
    stream: request.stream,
    subject: request.subject,
    commit: request.commit,
    pipeline: pipelineOf(request.pipelineRef, request.commit, repositoryUrl),
    params: paramsOfRun(request, repositoryUrl),
    workspaces: boundNames(request.workspaces),
    timeouts: runTimeouts(request.timeouts),
  };
}

function pipelineOf(
  ref: PipelineRef,
  commit: string,
  repositoryUrl: string,
): RunPayload["pipeline"] {
  if ("name" in ref) return { name: ref.name, url: "", revision: "", path: "" };
  const { url, revision, path } =
    "git" in ref ? ref.git : { url: repositoryUrl, revision: commit, path: ref.path };
  const name = (path.split("/").at(-1) ?? path).replace(/\.ya?ml$/, "");
  return { name, url, revision, path };
}

/** A workspace that is new for each run has no name to carry: the trigger's template makes it. */
function boundNames(workspaces: Readonly<Record<string, WorkspaceSource>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(workspaces).flatMap(([name, from]): [string, string][] => {
      if ("persistentVolumeClaim" in from) return [[name, from.persistentVolumeClaim.claimName]];
      if ("secret" in from) return [[name, from.secret.secretName]];
      if ("configMap" in from) return [[name, from.configMap.name]];
      return [];
    }),
  );
}
