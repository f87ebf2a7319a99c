import * as z from "zod";
import { ProblemError } from "../problem.ts";
import type { KubernetesAccess } from "./kubernetes-access.ts";
import { parseQuantity } from "./parse-quantity.ts";
import type { ClusterNode } from "./types.ts";

/** What the device plugin of KubeVirt, which clusters for OKD's own builds have, calls /dev/kvm. */
export const kvmResource = "devices.kubevirt.io/kvm";

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ unschedulable: z.boolean().default(false) }).prefault({}),
      status: z.object({ allocatable: z.record(z.string(), z.string()).default({}) }).prefault({}),
    }),
  ),
});

/** What each node that takes pods offers them. Nodes belong to the whole cluster, so that this takes a right of its own. */
export async function readNodes(
  { core, call }: KubernetesAccess,
  cluster: string,
): Promise<readonly ClusterNode[]> {
  const found: unknown = await core.listNode({}, call());
  const list = listSchema.safeParse(found);
  if (!list.success)
    throw new ProblemError({
      kind: "unsupported",
      where: `cluster ${cluster}`,
      what: "Its list of nodes is not written as Kubernetes describes it.",
      next: "Check what answers at its address.",
    });
  return list.data.items
    .filter(({ spec }) => !spec.unschedulable)
    .map(({ metadata, status: { allocatable } }) => ({
      name: metadata.name,
      memory: parseQuantity(allocatable["memory"] ?? "") ?? 0,
      kvm: (parseQuantity(allocatable[kvmResource] ?? "") ?? 0) > 0,
    }));
}
