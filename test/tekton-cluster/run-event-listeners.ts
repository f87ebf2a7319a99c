import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import {
  AppsV1Api,
  CoreV1Api,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  type V1Deployment,
} from "@kubernetes/client-node";
import { waitFor } from "../../src/demo/wait-for.ts";
import { refreshHosts } from "./install-tekton.ts";
import { freePort } from "../../src/demo/free-port.ts";
import { end } from "./processes.ts";
import { programPath } from "./programs.ts";
import { runDeployment, type DeploymentPlace } from "./run-deployment.ts";

const selector = "app.kubernetes.io/managed-by=EventListener";

/** Runs a sink for each EventListener that the Triggers controller deploys, behind the address of its Service. */
export async function runEventListeners(place: DeploymentPlace): Promise<() => Promise<void>> {
  const { kubeConfig } = place.controlPlane;
  const apps = kubeConfig.makeApiClient(AppsV1Api);
  const sinks = new Map<string, Promise<() => Promise<void>>>();
  const informer = makeInformer(
    kubeConfig,
    "/apis/apps/v1/deployments",
    () => apps.listDeploymentForAllNamespaces({ labelSelector: selector }),
    selector,
  );
  informer.on("add", (deployment: V1Deployment) => {
    const sink = runSink(place, deployment);
    sinks.set(deployment.metadata?.uid ?? "", sink);
    sink.catch((error: unknown) => process.stderr.write(`event listener: ${String(error)}\n`));
  });
  informer.on("delete", (deployment: V1Deployment) => {
    const uid = deployment.metadata?.uid ?? "";
    const sink = sinks.get(uid);
    sinks.delete(uid);
    sink?.then(
      (stop) => stop(),
      () => undefined,
    );
  });
  let closed = false;
  informer.on("error", () => {
    if (!closed) void informer.start();
  });
  await informer.start();
  return async () => {
    closed = true;
    await informer.stop();
    const started = await Promise.allSettled(sinks.values());
    await Promise.all(
      started.flatMap((sink) => (sink.status === "fulfilled" ? [sink.value()] : [])),
    );
  };
}

async function runSink(
  place: DeploymentPlace,
  deployment: V1Deployment,
): Promise<() => Promise<void>> {
  const { name = "", namespace = "" } = deployment.metadata ?? {};
  const core = place.controlPlane.kubeConfig.makeApiClient(CoreV1Api);
  const service = await waitFor(
    `Service ${name} is there`,
    async () => (await core.readNamespacedService({ name, namespace })).spec,
    { timeoutMs: 30_000, everyMs: 200 },
  );
  await refreshHosts(place);
  const port = await freePort("127.0.0.1");
  const child = await runDeployment(
    place,
    deployment,
    programPath("triggers", "eventlistenersink"),
    {
      args: [`--port=${port}`],
    },
  );
  try {
    await waitFor(`${name} is live`, () => isLive(port), { timeoutMs: 60_000, everyMs: 200 });
    const host = service.clusterIP ?? "";
    const forwarder = await forward(host, service.ports?.[0]?.port ?? 8080, port);
    await markAvailable(place, deployment);
    return () => {
      forwarder.close();
      // Once its namespace is gone it spins on SIGTERM, and never ends by itself.
      return end(child);
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function isLive(port: number): Promise<true | undefined> {
  const { ok } = await fetch(`http://127.0.0.1:${port}/live`);
  return ok ? true : undefined;
}

async function forward(host: string, port: number, target: number): Promise<Server> {
  const server = createServer((from) => {
    const to = connect(target, "127.0.0.1");
    from.pipe(to).pipe(from);
    from.on("error", () => to.destroy());
    to.on("error", () => from.destroy());
  }).listen(port, host);
  await once(server, "listening");
  return server;
}

/** What a Deployment's own controller would say; an EventListener is ready when its Deployment is. */
async function markAvailable(
  { controlPlane }: DeploymentPlace,
  { metadata }: V1Deployment,
): Promise<void> {
  const now = new Date();
  await controlPlane.kubeConfig.makeApiClient(AppsV1Api).patchNamespacedDeploymentStatus(
    {
      name: metadata?.name ?? "",
      namespace: metadata?.namespace ?? "",
      body: {
        status: {
          observedGeneration: metadata?.generation,
          replicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
          updatedReplicas: 1,
          conditions: ["Available", "Progressing"].map((type) => ({
            type,
            status: "True",
            reason: type,
            message: "",
            lastUpdateTime: now,
            lastTransitionTime: now,
          })),
        },
      },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}
