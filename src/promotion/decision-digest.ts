import { createHash } from "node:crypto";
import type { Channel } from "../streams/types.ts";

/** Everything that an approver says yes to. */
export interface Decision {
  readonly channel: string;
  /** The published name that the channel holds; undefined for its first. */
  readonly fromName: string | undefined;
  readonly release: string;
  readonly digest: string;
  readonly targetName: string;
  readonly policy: Channel["spec"]["promotion"];
}

/**
 * SHA-256 of a decision, 64 hex characters. Approvals are bound to it instead of to a commit: they outlive a rebase that
 * the bot itself makes, and fall with any change of what is decided. The order of keys does not matter.
 */
export function decisionDigest(decision: Decision): string {
  const { channel, fromName = null, release, digest, targetName, policy } = decision;
  const text = canonicalJson({ channel, fromName, release, digest, targetName, policy });
  return createHash("sha256").update(text).digest("hex");
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
