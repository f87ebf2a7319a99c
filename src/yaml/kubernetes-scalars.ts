import type { ScalarTag } from "yaml";

const yes = /^(?:y|yes|on)$/i;
const largestInteger = 2n ** 64n - 1n;

/** JSON's numbers end where Go's integers go on: such a one is the text of its digits, as a param would be. */
function numberOrDigits(value: bigint): number | string {
  const near = Number(value);
  if (Number.isSafeInteger(near) || value > largestInteger) return near;
  return String(value);
}

const booleanTag: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:bool",
  test: /^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF)$/,
  resolve: (text) => yes.test(text),
};

const integerTag: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:int",
  test: /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  resolve: (text) => {
    const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
    const octal = /^0o?([0-7]+)$/.exec(digits)?.[1];
    const value = BigInt(octal === undefined ? digits : `0o${octal}`);
    return numberOrDigits(text.startsWith("-") ? -value : value);
  },
};

/** Plain scalars that kubectl and the API server read otherwise than YAML 1.2: `yes` is true, `0755` is octal. */
export const kubernetesScalars: readonly ScalarTag[] = [booleanTag, integerTag];
