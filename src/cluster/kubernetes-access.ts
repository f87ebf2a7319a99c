import {
  AuthorizationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  setHeaderMiddleware,
  Watch,
  type ConfigurationOptions,
  type ObservableMiddleware,
} from "@kubernetes/client-node";
import { ProblemError } from "../problem.ts";

/** How the API server is found and how the bot proves who it is: exactly one of these. */
export type KubernetesConfig =
  | { readonly kubeconfigFile: string }
  /** The text of a kubeconfig. An http server needs `insecure-skip-tls-verify: true`. */
  | { readonly kubeconfig: string }
  /** The service account of the pod that the bot runs in. */
  | { readonly inCluster: true };

export interface KubernetesAccess {
  readonly objects: CustomObjectsApi;
  readonly core: CoreV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly watch: Watch;
  /** Options of each call: none waits for ever. */
  readonly call: () => ConfigurationOptions;
}

/** Clients of one cluster's API server. Throws a ProblemError where the configuration is no good. */
export function openKubernetes(
  cluster: string,
  config: KubernetesConfig,
  timeoutMs: number,
): KubernetesAccess {
  try {
    const kubeConfig = loadConfig(config);
    return {
      objects: kubeConfig.makeApiClient(CustomObjectsApi),
      core: kubeConfig.makeApiClient(CoreV1Api),
      authorization: kubeConfig.makeApiClient(AuthorizationV1Api),
      watch: new Watch(kubeConfig),
      call: () => ({
        middleware: [timeoutMiddleware(timeoutMs)],
        middlewareMergeStrategy: "append",
      }),
    };
  } catch (error) {
    throw new ProblemError(
      {
        kind: "invalid",
        where: `cluster ${cluster}`,
        what: `Its kubeconfig cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
        next: "It has to name a current context with a cluster and a user.",
      },
      { cause: error },
    );
  }
}

function loadConfig(config: KubernetesConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  if ("kubeconfigFile" in config) kubeConfig.loadFromFile(config.kubeconfigFile);
  else if ("kubeconfig" in config) kubeConfig.loadFromString(config.kubeconfig);
  else kubeConfig.loadFromCluster();
  return kubeConfig;
}

function timeoutMiddleware(timeoutMs: number): ObservableMiddleware {
  const named = setHeaderMiddleware("User-Agent", "okd-streams");
  return {
    pre(request) {
      request.setSignal(AbortSignal.timeout(timeoutMs));
      return named.pre(request);
    },
    post: (response) => named.post(response),
  };
}
