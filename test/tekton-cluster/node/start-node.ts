import { join } from "node:path";
import {
  CoreV1Api,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  type V1Pod,
} from "@kubernetes/client-node";
import type { ControlPlane } from "../start-control-plane.ts";
import { claimsFolder, writeDownward } from "./pod-volumes.ts";
import { runPod, type RunningPod } from "./run-pod.ts";
import { toleratePassed } from "./tolerate-passed.ts";
import { serveLogs } from "./serve-logs.ts";

export interface NodeContext {
  readonly controlPlane: ControlPlane;
  readonly directory: string;
}

const nodeName = "this-machine";

/** A node that takes every pod and runs its containers as processes of this machine; gives what ends it. */
export async function startNode(context: NodeContext): Promise<() => Promise<void>> {
  const { kubeConfig, tls } = context.controlPlane;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const pods = new Map<string, RunningPod>();
  const names = new Map<string, string>();
  const remove = async (uid: string): Promise<void> => {
    const pod = pods.get(uid);
    pods.delete(uid);
    await pod?.remove();
  };
  const logs = await serveLogs(tls, (namespace, pod) => names.get(`${namespace}/${pod}`));
  await registerNode(core, logs.port, claimsFolder(context));

  async function take(pod: V1Pod): Promise<void> {
    const { uid = "", name = "", namespace = "", deletionTimestamp } = pod.metadata ?? {};
    if (deletionTimestamp !== undefined) {
      await remove(uid);
      await core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 });
    } else if (pod.spec?.nodeName === undefined) {
      const target = { kind: "Node", name: nodeName };
      await core.createNamespacedPodBinding({
        name,
        namespace,
        body: { metadata: { name }, target },
      });
    } else if (pod.status?.phase === "Pending" && !pods.has(uid)) {
      const directory = join(context.directory, "pods", uid);
      names.set(`${namespace}/${name}`, directory);
      pods.set(uid, runPod(context, pod, directory));
    } else {
      const running = pods.get(uid);
      if (running !== undefined) writeDownward(pod, running.directory);
    }
  }

  const informer = makeInformer(kubeConfig, "/api/v1/pods", () => core.listPodForAllNamespaces());
  const onPod = (pod: V1Pod): void => void take(pod).catch(toleratePassed);
  informer.on("add", onPod);
  informer.on("update", onPod);
  // Deleted by force, it is gone without a word before.
  informer.on("delete", ({ metadata }: V1Pod) => void remove(metadata?.uid ?? ""));
  let closed = false;
  informer.on("error", () => {
    if (!closed) void informer.start();
  });
  await informer.start();
  return async () => {
    closed = true;
    await informer.stop();
    await Promise.all([...pods.keys()].map(remove));
    logs.close();
  };
}

async function registerNode(core: CoreV1Api, port: number, claims: string): Promise<void> {
  const annotations = { "streams.okd.io/claims": claims };
  await core.createNode({ body: { metadata: { name: nodeName, annotations } } });
  await core.patchNodeStatus(
    {
      name: nodeName,
      body: {
        status: {
          addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
          daemonEndpoints: { kubeletEndpoint: { Port: port } },
          capacity: { cpu: "2", memory: "8Gi", pods: "110" },
          allocatable: { cpu: "2", memory: "8Gi", pods: "110" },
          conditions: [{ type: "Ready", status: "True", reason: "Started", message: "" }],
        },
      },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}
