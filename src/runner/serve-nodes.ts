import { accessSync, constants } from "node:fs";
import { availableParallelism, hostname, totalmem } from "node:os";
import type { Hono } from "hono";

const kvmDevice = "/dev/kvm";
/** As KubeVirt's device plugin counts it: the device can be shared. */
const kvmCount = "1k";

/** Adds this machine to the Kubernetes API as the one node, with what it offers to runs. */
export function serveNodes(app: Hono): void {
  app.get("/api/v1/nodes", (context) =>
    context.json({ apiVersion: "v1", kind: "NodeList", metadata: {}, items: [thisMachine()] }),
  );
}

function thisMachine(): object {
  const allocatable = {
    cpu: String(availableParallelism()),
    memory: `${Math.floor(totalmem() / 1024)}Ki`,
    ...(hasKvm() ? { "devices.kubevirt.io/kvm": kvmCount } : {}),
  };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: hostname() },
    spec: {},
    status: { allocatable, capacity: allocatable },
  };
}

/** Whether steps of this user may open the device. */
function hasKvm(): boolean {
  try {
    accessSync(kvmDevice, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
