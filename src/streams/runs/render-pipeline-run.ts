import type { ObjectRef, PipelineRun, WorkspaceBinding } from "../../tekton/types.ts";
import { paramsOfRun } from "./params-of-run.ts";
import { runKey, runName } from "./run-key.ts";
import type { RunRequest } from "./run-request.ts";
import { runTimeouts } from "./run-timeouts.ts";
import type { PipelineRef, WorkspaceSource } from "../types.ts";

/** Kubernetes allows a label's value 63 characters; the annotation of the same name holds all 64 of the run id. */
const labelLength = 63;

export interface RenderOptions {
  /** The streams repository's git URL. */
  readonly repositoryUrl: string;
  /** Where the request does not tell them yet. */
  readonly identity?: { readonly id: string; readonly name: string };
}

/** The PipelineRun of a request as a cluster is asked for it. */
export function renderPipelineRun(
  request: RunRequest,
  { repositoryUrl, identity }: RenderOptions,
): PipelineRun {
  const { id, name } = identity ?? { id: runKey(request), name: runName(request) };
  return {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: {
      name,
      labels: {
        "streams.okd.io/run-id": id.slice(0, labelLength),
        "streams.okd.io/stream": request.stream,
        "streams.okd.io/kind": request.kind,
      },
      annotations: { "streams.okd.io/run-id": id },
    },
    spec: {
      pipelineRef: renderRef(request.pipelineRef, request.commit, repositoryUrl),
      params: Object.entries(paramsOfRun(request, repositoryUrl)).map(([name, value]) => ({
        name,
        value,
      })),
      workspaces: Object.entries(request.workspaces).map(([name, from]) => bind(name, from)),
      timeouts: { ...runTimeouts(request.timeouts) },
    },
  };
}

function renderRef(ref: PipelineRef, commit: string, repositoryUrl: string): ObjectRef {
  if ("name" in ref) return { name: ref.name };
  const { url, revision, path } =
    "git" in ref ? ref.git : { url: repositoryUrl, revision: commit, path: ref.path };
  return {
    resolver: "git",
    params: [
      { name: "url", value: url },
      { name: "revision", value: revision },
      { name: "pathInRepo", value: path },
    ],
  };
}

function bind(name: string, from: WorkspaceSource): WorkspaceBinding {
  if (!("volumeClaimTemplate" in from)) return { name, ...from };
  const { storage } = from.volumeClaimTemplate;
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } };
  return { name, volumeClaimTemplate: { spec } };
}
