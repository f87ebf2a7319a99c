import * as z from "zod";
import { readObject } from "./tekton-cluster.ts";

/** The stand-in for a kubelet says where it keeps what is claimed. */
const claimsKey = "streams.okd.io/claims";

/** The folder of this machine with the volumes of claims; empty where they are none. */
export async function claimsFolder(): Promise<string> {
  const metadata = z.object({ annotations: z.record(z.string(), z.string()).default({}) });
  const list = z.object({ items: z.array(z.object({ metadata })) });
  const { items } = await readObject(list, "nodes");
  return items.map(({ metadata }) => metadata.annotations[claimsKey] ?? "").find(Boolean) ?? "";
}

/**
 * The address at which pods reach this machine, so what they need of it listens there. Empty where TEKTON_TEST_HOST does
 * not say so and pods are no processes of this machine: whatever builds is skipped then.
 */
export async function hostForPods(): Promise<string> {
  return process.env["TEKTON_TEST_HOST"] ?? ((await claimsFolder()) === "" ? "" : "127.0.0.1");
}

/** Where this machine reaches the listener of the overlay for kind; undefined where it reaches addresses of Services. */
export function listenerForHost(): string | undefined {
  return process.env["TEKTON_TEST_LISTENER"];
}
