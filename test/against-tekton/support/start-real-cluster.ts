import { rmSync } from "node:fs";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import type { BuildCluster, BuildClusterOptions } from "../../../src/demo/build-cluster.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { kubectl, listenerUrl, readObject, renewNamespace, startProxy } from "./tekton-cluster.ts";

const bot = "okd-streams-bot";
/** The stand-in for a kubelet says where it keeps what is claimed. */
const claimsKey = "streams.okd.io/claims";

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
  await kubectl(["apply", "-k", join(packageRoot, "tekton", "triggers")]);
  const url = await listenerUrl(namespace, "okd-streams");
  const token = (await kubectl(["create", "token", bot, "-n", namespace, "--duration=8h"])).trim();
  const kubeconfig = await kubeconfigWith(bot, token);
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

/** A kubeconfig for whoever has this token and nothing else, as text. */
async function kubeconfigWith(account: string, token: string): Promise<string> {
  const admin = new KubeConfig();
  admin.loadFromString(await kubectl(["config", "view", "--raw", "--minify"]));
  const cluster = admin.getCurrentCluster();
  if (cluster === null) throw new Error("KUBECONFIG has no current cluster");
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(cluster, { name: account, token });
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

/** Whether the volumes of claims are folders of this machine. */
export async function claimsFolder(): Promise<string> {
  const { items } = await readObject(
    z.object({
      items: z.array(
        z.object({
          metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
        }),
      ),
    }),
    "nodes",
  );
  return (
    items
      .map(({ metadata }) => metadata.annotations[claimsKey])
      .find((folder) => folder !== undefined) ?? ""
  );
}
