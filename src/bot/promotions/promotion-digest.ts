import { createHash } from "node:crypto";
import type { ChannelRelease } from "../../streams/types.ts";

/** The input digest of a publish run: what is published, in 64 hex characters. */
export function promotionDigest({ spec }: ChannelRelease): string {
  return createHash("sha256")
    .update(JSON.stringify([spec.name, spec.release, spec.pullSpec, spec.digest]))
    .digest("hex");
}
