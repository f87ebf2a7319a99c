import {
  AuthorizationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  setHeaderMiddleware,
  Watch,
  type ConfigurationOptions,
  type ObservableMiddleware,
} from "@kubernetes/client-node";
import { unwrap } from "../problem.ts";
import { loadKubeconfig, type KubernetesConfig } from "./load-kubeconfig.ts";

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
  const { kubeConfig } = unwrap(loadKubeconfig(cluster, config));
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
