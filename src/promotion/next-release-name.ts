import { failed, ok, type Result } from "../problem.ts";

export interface NameInput {
  /** The release that was picked, such as 4.21.0-0.okd-scos-2026-01-30-101010. */
  readonly pickedName: string;
  /** spec.naming.suffix of the channel, such as okd-scos or okd-scos.ec. */
  readonly suffix: string;
  /** Every name ever handed out, merged or not: a published name is never given to a second image. */
  readonly used: Iterable<string>;
}

/**
 * The published name `VERSION-SUFFIX.N`: VERSION is the picked name up to its first dash, N follows the highest number
 * ever used with this version and suffix. OKD's own rule counts on from the channel's last name only, and so hands a name
 * out twice after a hotfix of an older minor or a rejected release.
 */
export function nextReleaseName({ pickedName, suffix, used }: NameInput): Result<string> {
  const version = /^(\d+\.\d+(?:\.\d+)?)-/.exec(pickedName)?.[1];
  if (version === undefined) {
    return failed({
      kind: "invalid",
      where: pickedName,
      what: "The name of this release does not begin with a version and a dash, so no published name follows from it.",
      next: "Let the stream's spec.release.nameTemplate begin as in `4.21.0-0.okd-scos-…`.",
    });
  }
  const prefix = `${version}-${suffix}.`;
  // BigInt: a number that rounds would hand out a used name again.
  let next = 0n;
  for (const name of used) {
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (!/^\d+$/.test(digits)) continue;
    const following = BigInt(digits) + 1n;
    if (following > next) next = following;
  }
  return ok(`${prefix}${next}`);
}
