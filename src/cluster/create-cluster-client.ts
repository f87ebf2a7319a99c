import { ApiException, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { failed, ok, ProblemError, type Result } from "../problem.ts";
import {
  openKubernetes,
  type KubernetesAccess,
  type KubernetesConfig,
} from "./kubernetes-access.ts";
import { isMissing, kubernetesProblem } from "./kubernetes-problem.ts";
import { observeRun } from "./observe-run.ts";
import { readTriggers } from "./read-triggers.ts";
import { submitRun } from "./submit-run.ts";
import { pipelineRunSchema, taskRunListSchema } from "./tekton-status.ts";
import type { ClusterClient, ObservedRun } from "./types.ts";

export type { KubernetesConfig } from "./kubernetes-access.ts";

export interface ClusterConfig {
  readonly name: string;
  /** Address of the EventListener. */
  readonly listener: URL;
  /** Signs what is sent to it; never empty. */
  readonly secret: string;
  readonly namespace: string;
  readonly kubernetes: KubernetesConfig;
  /** How long an answer may take; 10 s where not given. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 10_000;
/** A step's log is quoted, never kept: this is far more than a comment holds. */
const maximumLogBytes = 256 * 1024;
const tekton = { group: "tekton.dev", version: "v1" } as const;

/** The client of one cluster. Throws a ProblemError where its configuration is no good. */
export function createClusterClient(config: ClusterConfig): ClusterClient {
  const { name: cluster, namespace, timeoutMs = defaultTimeoutMs } = config;
  if (config.secret === "")
    throw new ProblemError({
      kind: "invalid",
      where: `cluster ${cluster}`,
      what: "The secret of its EventListener is empty, so anybody could start builds there.",
      next: "Make one with `openssl rand -hex 32` and give it to both sides.",
    });
  const listener = { cluster, url: config.listener, secret: config.secret, timeoutMs };
  const access = openKubernetes(cluster, config.kubernetes, timeoutMs);
  const attempt = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await work());
    } catch (error) {
      return failed(kubernetesProblem(cluster, error));
    }
  };
  return {
    name: cluster,
    namespace,
    submit: (payload) => submitRun(listener, payload),
    readRun: (name) => attempt(() => readRun(access, { cluster, namespace }, name)),
    readLog: (podName, container, lines) =>
      attempt(() => readLog(access, { namespace, podName, container, lines })),
    readTriggers: () => attempt(() => readTriggers(access, { cluster, namespace })),
    cancelRun: (name) => attempt(() => cancelRun(access, namespace, name)),
  };
}

async function readRun(
  { objects, call }: KubernetesAccess,
  { cluster, namespace }: { readonly cluster: string; readonly namespace: string },
  name: string,
): Promise<ObservedRun | undefined> {
  let found: unknown;
  try {
    found = await objects.getNamespacedCustomObject(
      { ...tekton, namespace, plural: "pipelineruns", name },
      call(),
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const list: unknown = await objects.listNamespacedCustomObject(
    { ...tekton, namespace, plural: "taskruns", labelSelector: `tekton.dev/pipelineRun=${name}` },
    call(),
  );
  const run = pipelineRunSchema.safeParse(found);
  const taskRuns = taskRunListSchema.safeParse(list);
  if (run.success && taskRuns.success) return observeRun(run.data, taskRuns.data.items);
  throw new ProblemError({
    kind: "unsupported",
    where: `cluster ${cluster}`,
    what: `PipelineRun ${name} is not written as tekton.dev/v1 describes it.`,
    next: "Check which version of Tekton Pipelines serves it.",
  });
}

interface LogPlace {
  readonly namespace: string;
  readonly podName: string;
  readonly container: string;
  readonly lines: number;
}

/** Empty where the pod is gone, and where the container has not started (which is answered with 400). */
async function readLog(
  { core, call }: KubernetesAccess,
  { namespace, podName, container, lines }: LogPlace,
): Promise<string> {
  try {
    return await core.readNamespacedPodLog(
      { name: podName, namespace, container, tailLines: lines, limitBytes: maximumLogBytes },
      call(),
    );
  } catch (error) {
    if (error instanceof ApiException && (error.code === 404 || error.code === 400)) return "";
    throw error;
  }
}

async function cancelRun(
  { objects, call }: KubernetesAccess,
  namespace: string,
  name: string,
): Promise<void> {
  await objects.patchNamespacedCustomObject(
    {
      ...tekton,
      namespace,
      plural: "pipelineruns",
      name,
      body: { spec: { status: "CancelledRunFinally" } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch, call()),
  );
}
