import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, type V1Deployment } from "@kubernetes/client-node";
import { freePort } from "../../src/demo/free-port.ts";
import { boundToParent, type Processes } from "./processes.ts";
import { writeKubeconfig, type ControlPlane } from "./start-control-plane.ts";

export interface DeploymentPlace {
  readonly directory: string;
  readonly controlPlane: ControlPlane;
  readonly processes: Processes;
  /** What the program sees as /etc/hosts: the names of Services. */
  readonly hostsFile: string;
}

const day = 24 * 60 * 60;
/** No flags but those of util-linux: a mount of its own is all that the program gets. */
const withHosts = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';

/**
 * Runs the program of a Deployment with the arguments, the environment and the ServiceAccount that the Deployment
 * gives it, as a process of this machine. Ports are told apart by `env`, since all share one network.
 */
export async function runDeployment(
  { directory, controlPlane, processes, hostsFile }: DeploymentPlace,
  deployment: V1Deployment,
  program: string,
  changes: {
    readonly env?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
  } = {},
) {
  const { name = "", namespace = "" } = deployment.metadata ?? {};
  const pod = deployment.spec?.template.spec;
  const container = pod?.containers[0];
  if (container === undefined) throw new Error(`Deployment ${name} has no container`);
  const kubeconfig = join(directory, `${namespace}-${name}.kubeconfig.yaml`);
  const token = await requestToken(controlPlane, namespace, pod?.serviceAccountName ?? "default");
  writeKubeconfig(kubeconfig, controlPlane, token);
  const environment = Object.fromEntries(
    (container.env ?? [])
      // Certificates of registries, which the Deployment would mount.
      .filter((entry) => !entry.name.startsWith("SSL_CERT_"))
      .map((entry) => [
        entry.name,
        entry.value ?? fieldOf(entry.valueFrom?.fieldRef?.fieldPath, deployment),
      ]),
  );
  return processes.start(name, {
    argv: [
      ...["unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c", withHosts, "sh"],
      ...[hostsFile, ...boundToParent, program, ...(container.args ?? []), ...(changes.args ?? [])],
    ],
    env: {
      ...environment,
      KUBECONFIG: kubeconfig,
      POD_NAME: name,
      METRICS_PROMETHEUS_PORT: String(await freePort("127.0.0.1")),
      PROBES_PORT: String(await freePort("127.0.0.1")),
      PROFILING_PORT: String(await freePort("127.0.0.1")),
      KNATIVE_HEALTH_PROBES_PORT: String(await freePort("127.0.0.1")),
      ...changes.env,
    },
  });
}

/** A token of a ServiceAccount as its pod would get one: what it may do is RBAC's to say. */
export async function requestToken(
  { kubeConfig }: Pick<ControlPlane, "kubeConfig">,
  namespace: string,
  name: string,
): Promise<string> {
  const { status } = await kubeConfig.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    namespace,
    name,
    body: { spec: { audiences: [], expirationSeconds: day } },
  });
  if (status === undefined) throw new Error(`no token for ${namespace}/${name}`);
  return status.token;
}

function fieldOf(path: string | undefined, deployment: V1Deployment): string {
  if (path === undefined) return "";
  if (path === "metadata.namespace") return deployment.metadata?.namespace ?? "";
  if (path === "metadata.name") return deployment.metadata?.name ?? "";
  throw new Error(`a Deployment asks for the field ${path}`);
}

/** Writes the names of Services where programs look them up. */
export function writeHosts(
  file: string,
  services: readonly { readonly namespace: string; readonly name: string; readonly ip: string }[],
): void {
  const lines = services.map(({ namespace, name, ip }) =>
    [ip, ...["", ".cluster.local"].map((suffix) => `${name}.${namespace}.svc${suffix}`)].join(" "),
  );
  writeFileSync(file, ["127.0.0.1 localhost", ...lines, ""].join("\n"));
}
