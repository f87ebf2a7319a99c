import { KubeConfig } from "@kubernetes/client-node";
import { failed, ok, type Result } from "../problem.ts";

/** How the API server is found and how the bot proves who it is: exactly one of these. */
export type KubernetesConfig =
  | { readonly kubeconfigFile: string }
  /** The text of a kubeconfig. An http server needs `insecure-skip-tls-verify: true`. */
  | { readonly kubeconfig: string }
  /** The service account of the pod that the bot runs in. */
  | { readonly inCluster: true };

export interface LoadedKubeconfig {
  readonly kubeConfig: KubeConfig;
  /** Address of the API server, written the same however the kubeconfig writes it. */
  readonly server: string;
}

/** Reads what says where a cluster's API server is; the problem names the cluster. */
export function loadKubeconfig(
  cluster: string,
  config: KubernetesConfig,
): Result<LoadedKubeconfig> {
  try {
    const kubeConfig = load(config);
    const server = kubeConfig.getCurrentCluster()?.server;
    if (server === undefined) throw new Error("it names no server");
    return ok({ kubeConfig, server: new URL(server).href.replace(/\/+$/, "") });
  } catch (error) {
    return failed({
      kind: "invalid",
      where: `cluster ${cluster}`,
      what: `Its kubeconfig cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      next: "It has to name a current context with a cluster and a user.",
    });
  }
}

function load(config: KubernetesConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  if ("kubeconfigFile" in config) kubeConfig.loadFromFile(config.kubeconfigFile);
  else if ("kubeconfig" in config) kubeConfig.loadFromString(config.kubeconfig);
  else kubeConfig.loadFromCluster();
  return kubeConfig;
}
