import { createHash } from "node:crypto";

const longest = 63;

/** `PARENT-SUFFIX`, its middle replaced by a hash where that is longer than the 63 characters of a label. */
export function childName(parent: string, suffix: string): string {
  const name = `${parent}-${suffix}`;
  if (name.length <= longest) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 10);
  return `${name.slice(0, longest - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
