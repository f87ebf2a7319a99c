import { existsSync } from "node:fs";

/** Where a machine has the programs of Alpine in one. */
export const busybox = ["/usr/bin/busybox", "/bin/busybox"].find((path) => existsSync(path));

const kin = /(^|\/)(alpine|bash|busybox)(:[^/]*)?$|:[^/]*alpine[^/]*$/;

/**
 * What `sh` an image is known to have: that of busybox, for Alpine and what is made of it. Undefined for other images,
 * and where this machine has no busybox.
 */
export function imageShell(image: string): string | undefined {
  const [name = ""] = image.split("@");
  return busybox !== undefined && kin.test(name) ? `${busybox} sh` : undefined;
}
