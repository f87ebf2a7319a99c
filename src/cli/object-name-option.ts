import { InvalidArgumentError } from "commander";

/**
 * Reads an option that names an object of a cluster, as Kubernetes takes names: a DNS label (RFC 1123), or several with
 * dots between where its kind may have them.
 */
export function objectNameOption(
  longest: number,
  { dots = false }: { readonly dots?: boolean } = {},
): (text: string) => string {
  const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
  const rule = dots
    ? "small letters, digits, dashes and dots, with a letter or digit at both ends and beside each dot"
    : "small letters, digits and dashes, with a letter or digit at both ends";
  return (text) => {
    const labels = dots ? text.split(".") : [text];
    if (text.length <= longest && labels.every((one) => label.test(one))) return text;
    throw new InvalidArgumentError(`Kubernetes takes ${rule}, here at most ${longest} characters.`);
  };
}
