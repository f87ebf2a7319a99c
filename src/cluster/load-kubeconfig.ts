import { existsSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node";
import { failed, ok, type Problem, type Result } from "../problem.ts";

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
  const where = `cluster ${cluster}`;
  const missing = whatIsMissing(config);
  if (missing !== undefined) return failed({ kind: "not-found", where, ...missing });
  try {
    const kubeConfig = load(config);
    const server = kubeConfig.getCurrentCluster()?.server;
    if (server === undefined) throw new Error("it names no server");
    return ok({ kubeConfig, server: new URL(server).href.replace(/\/+$/, "") });
  } catch (error) {
    return failed({
      kind: "invalid",
      where,
      what: `Its kubeconfig cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      next: "It has to name a current context with a cluster and a user.",
    });
  }
}

/** The library would tell of a missing pod as an invalid URL. */
function whatIsMissing(config: KubernetesConfig): Pick<Problem, "what" | "next"> | undefined {
  if ("inCluster" in config && process.env["KUBERNETES_SERVICE_HOST"] === undefined)
    return {
      what: "No kubeconfig is named for it, and this process runs in no pod of a cluster.",
      next: "Name one as the cluster's `kubeconfig` in the server file.",
    };
  if ("kubeconfigFile" in config && !existsSync(config.kubeconfigFile))
    return {
      what: `There is no kubeconfig at ${config.kubeconfigFile}.`,
      next: "Put it there, or name another in the server file, whose paths are relative to it.",
    };
  return undefined;
}

function load(config: KubernetesConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  if ("kubeconfigFile" in config) kubeConfig.loadFromFile(config.kubeconfigFile);
  else if ("kubeconfig" in config) kubeConfig.loadFromString(config.kubeconfig);
  else kubeConfig.loadFromCluster();
  return kubeConfig;
}
