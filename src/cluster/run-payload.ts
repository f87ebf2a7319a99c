import { paramsOfRun } from "../streams/runs/params-of-run.ts";
import { runKey, runName } from "../streams/runs/run-key.ts";
import type { RunRequest } from "../streams/runs/run-request.ts";
import { runTimeouts } from "../streams/runs/run-timeouts.ts";
import type { PipelineRef, WorkspaceSource } from "../streams/types.ts";
import { pipelineName } from "./pipeline-name.ts";
import type { RunPayload } from "./types.ts";
import { workspaceKinds } from "./workspace-kinds.ts";

export interface PayloadOptions {
  /** OWNER/NAME. */
  readonly repositoryFullName: string;
  /** Where the cluster fetches the streams repository from, without credentials. */
  readonly repositoryUrl: string;
  /** Of the run's pods, where the operator names one for this cluster. */
  readonly serviceAccount?: string;
}

/** The body of the webhook that asks a cluster for a run. */
export function runPayload(
  request: RunRequest,
  { repositoryFullName, repositoryUrl, serviceAccount }: PayloadOptions,
): RunPayload {
  return {
    run: {
      id: runKey(request),
      name: runName(request),
      kind: request.kind,
      attempt: String(request.attempt),
      ...(serviceAccount === undefined ? {} : { serviceAccount }),
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
    workspaceKinds: workspaceKinds(request.workspaces),
    timeouts: runTimeouts(request.timeouts),
  };
}

function pipelineOf(
  ref: PipelineRef,
  commit: string,
  repositoryUrl: string,
): RunPayload["pipeline"] {
  const name = pipelineName(ref);
  if ("name" in ref) return { name, url: "", revision: "", path: "" };
  const { url, revision, path } =
    "git" in ref ? ref.git : { url: repositoryUrl, revision: commit, path: ref.path };
  return { name, url, revision, path };
}

/** What a template fills in for each workspace: a name, or the size of a claim that is new for each run. */
function boundNames(workspaces: Readonly<Record<string, WorkspaceSource>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(workspaces).flatMap(([name, from]): [string, string][] => {
      if ("persistentVolumeClaim" in from) return [[name, from.persistentVolumeClaim.claimName]];
      if ("secret" in from) return [[name, from.secret.secretName]];
      if ("configMap" in from) return [[name, from.configMap.name]];
      if ("volumeClaimTemplate" in from) return [[name, from.volumeClaimTemplate.storage]];
      return [];
    }),
  );
}
