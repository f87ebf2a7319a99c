import { ApiException, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { failed, ok, ProblemError, type Result } from "../problem.ts";
import { openKubernetes, type KubernetesAccess } from "./kubernetes-access.ts";
import { kubernetesProblem } from "./kubernetes-problem.ts";
import type { KubernetesConfig } from "./load-kubeconfig.ts";
import { readNodes } from "./read-nodes.ts";
import { findRun, readRun, tektonApi } from "./read-run.ts";
import { readTriggers } from "./read-triggers.ts";
import { submitRun } from "./submit-run.ts";
import type { ClusterClient, RunNames } from "./types.ts";
import { watchRuns } from "./watch-runs.ts";

export type { KubernetesConfig } from "./load-kubeconfig.ts";

export interface ClusterConfig {
  readonly name: string;
  /** Address of the EventListener. */
  readonly listener: URL;
  /** `fixed` where not given. */
  readonly runNames?: RunNames;
  /** Signs what is sent to it; never empty. Undefined only for a listener of others' that checks none. */
  readonly secret: string | undefined;
  readonly namespace: string;
  readonly kubernetes: KubernetesConfig;
  /** How long an answer may take; 10 s where not given. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 10_000;
/** A step's log is quoted, never kept: this is far more than a comment holds. */
const maximumLogBytes = 256 * 1024;

/** The client of one cluster. Throws a ProblemError where its configuration is no good. */
export function createClusterClient(config: ClusterConfig): ClusterClient {
  const { name: cluster, namespace, runNames = "fixed", timeoutMs = defaultTimeoutMs } = config;
  if (config.secret === "" || (config.secret === undefined && runNames === "fixed"))
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
    runNames,
    submit: (payload) => submitRun(listener, payload),
    readRun: (name) => attempt(() => readRun(access, { cluster, namespace }, name)),
    findRun: (eventId) => attempt(() => findRun(access, { cluster, namespace }, eventId)),
    watchRuns: (hearing) => watchRuns(access, { namespace, runNames }, hearing),
    readLog: (podName, container, lines) =>
      attempt(() => readLog(access, { namespace, podName, container, lines })),
    readTriggers: () => attempt(() => readTriggers(access, { cluster, namespace })),
    readNodes: () => attempt(() => readNodes(access, cluster)),
    cancelRun: (name) => attempt(() => cancelRun(access, namespace, name)),
  };
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
      ...tektonApi,
      namespace,
      plural: "pipelineruns",
      name,
      body: { spec: { status: "CancelledRunFinally" } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch, call()),
  );
}
