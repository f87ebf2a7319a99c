import { rmSync } from "node:fs";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import type { BuildCluster, BuildClusterOptions } from "../../../src/demo/build-cluster.ts";
import { waitFor } from "../../../src/demo/wait-for.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { claimsFolder, listenerForHost } from "./reach.ts";
import { kubectl, listenerUrl, renewNamespace, startProxy } from "./tekton-cluster.ts";

const bot = "okd-streams-bot";

/**
 * Gives a world the cluster that KUBECONFIG names: the committed triggers applied as docs/operators.md tells, and the
 * bot with nothing but a token of the ServiceAccount that they make for it.
 */
export async function startRealCluster(options: BuildClusterOptions): Promise<BuildCluster> {
  const { namespace } = options;
  await sendCloudEventsTo(options.cloudEventsSink);
  await renewNamespace(namespace);
  const claims = await claimsFolder();
  // A claim that is made anew begins empty.
  if (claims !== "") rmSync(join(claims, namespace), { recursive: true, force: true });
  await kubectl([
    ...["create", "secret", "generic", "okd-streams-webhook", "-n", namespace],
    `--from-literal=secret=${options.listenerSecret}`,
  ]);
  const url = await startListener(namespace);
  const token = (await kubectl(["create", "token", bot, "-n", namespace, "--duration=8h"])).trim();
  const kubeconfig = await kubeconfigWith(token);
  const proxy = await startProxy();
  return {
    listenerUrl: url,
    kubernetesUrl: proxy.url,
    token,
    registry: join(claims, namespace, "okd-streams-registry"),
    kubeconfig: () => kubeconfig,
    async close() {
      proxy.close();
      await sendCloudEventsTo(undefined);
    },
  };
}

/** The URL at which this machine reaches the listener. */
async function startListener(namespace: string): Promise<string> {
  const forHost = listenerForHost();
  const folder = forHost === undefined ? "tekton/triggers" : "deploy/tekton/kind";
  await kubectl(["apply", "-k", join(packageRoot, folder)]);
  const url = await listenerUrl(namespace, "okd-streams");
  if (forHost === undefined) return url;
  await waitFor(
    `${forHost} answers`,
    async () => (await fetch(forHost, { signal: AbortSignal.timeout(5000) })).status,
    { timeoutMs: 60_000, everyMs: 500 },
  );
  return forHost;
}

/** A kubeconfig for whoever has this token and nothing else, as text. */
async function kubeconfigWith(token: string): Promise<string> {
  const admin = new KubeConfig();
  admin.loadFromString(await kubectl(["config", "view", "--raw", "--minify"]));
  const cluster = admin.getCurrentCluster();
  if (cluster === null) throw new Error("KUBECONFIG has no current cluster");
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(cluster, { name: bot, token });
  return kubeConfig.exportConfig();
}

/** Tekton sends all events of the cluster to one sink; without one it sends none. */
async function sendCloudEventsTo(sink: string | undefined): Promise<void> {
  await kubectl([
    ...["patch", "configmap", "config-events", "-n", "tekton-pipelines", "--type=merge", "-p"],
    JSON.stringify({
      data: { sink: sink ?? null, formats: sink === undefined ? null : "tektonv1" },
    }),
  ]);
}
