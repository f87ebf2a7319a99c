import type { BuildNeeds } from "../streams/types.ts";
import { parseQuantity } from "./parse-quantity.ts";
import { kvmResource } from "./read-nodes.ts";
import type { ClusterNode } from "./types.ts";

/**
 * What a build needs that none of these nodes offers, in words that follow “no node”; undefined where one has it all. A
 * node may come yet where a cluster grows by itself, so that this never keeps a build from being asked for.
 */
export function unmetNeeds(needs: BuildNeeds, nodes: readonly ClusterNode[]): string | undefined {
  const { kvm = false, memory } = needs;
  const bytes = memory === undefined ? 0 : (parseQuantity(memory) ?? 0);
  if (!kvm && bytes === 0) return undefined;
  if (nodes.length === 0) return "takes pods now";
  const withKvm = nodes.filter((node) => node.kvm || !kvm);
  const withMemory = nodes.filter((node) => node.memory >= bytes);
  if (withKvm.some((node) => withMemory.includes(node))) return undefined;
  const largest = Math.max(...nodes.map((node) => node.memory));
  const lacks = [
    ...(withKvm.length === 0 ? [`offers /dev/kvm (\`${kvmResource}\`)`] : []),
    ...(withMemory.length === 0
      ? [`offers ${memory ?? ""} of memory (the largest has ${gibibytes(largest)})`]
      : []),
  ];
  return lacks.length === 0
    ? `offers both /dev/kvm and ${memory ?? ""} of memory`
    : lacks.join(", and none ");
}

/** Rounded down, as what is offered has to hold. */
function gibibytes(bytes: number): string {
  return `${Math.floor((bytes / 2 ** 30) * 10) / 10}Gi`;
}
