import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { installTekton, untilAdmitting } from "./install-tekton.ts";
import { createKubectl } from "./kubectl.ts";
import { startNode } from "./node/start-node.ts";
import { createProcesses } from "./processes.ts";
import { buildPrograms, programPath } from "./programs.ts";
import { runEventListeners } from "./run-event-listeners.ts";
import { startControlPlane } from "./start-control-plane.ts";
import { writeHosts, type DeploymentPlace } from "./run-deployment.ts";

export interface Cluster {
  readonly kubeconfigFile: string;
  readonly kubectl: string;
  readonly logs: string;
  close(): Promise<void>;
}

/** Kubernetes' API server and Tekton's programs, as they are published, on this machine alone. */
export async function startCluster(directory: string): Promise<Cluster> {
  buildPrograms();
  mkdirSync(directory, { recursive: true });
  const processes = createProcesses(join(directory, "logs"));
  const closers: (() => Promise<void>)[] = [() => processes.close()];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).toReversed()) await end();
  };
  try {
    const controlPlane = await startControlPlane(join(directory, "control-plane"), processes);
    const kubectl = programPath("kubernetes", "kubectl");
    const hostsFile = join(directory, "hosts");
    writeHosts(hostsFile, []);
    const place: DeploymentPlace = { directory, controlPlane, processes, hostsFile };
    const administrate = createKubectl(kubectl, controlPlane.kubeconfigFile);
    await installTekton(place, administrate);
    closers.push(await startNode({ controlPlane, directory: join(directory, "node") }));
    closers.push(await runEventListeners(place));
    await untilAdmitting(administrate);
    return { kubeconfigFile: controlPlane.kubeconfigFile, kubectl, logs: processes.logs, close };
  } catch (error) {
    await close();
    throw error;
  }
}
