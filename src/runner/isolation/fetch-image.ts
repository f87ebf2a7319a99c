import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A function that brings an image to this machine where it is not there yet, and gives podman's last word if it can't. */
export function imageFetcher(
  env: Readonly<Record<string, string>>,
): (image: string, signal: AbortSignal) => Promise<string | undefined> {
  const here = new Set<string>();
  const refusalOf = async (
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<string | undefined> => {
    try {
      await execute("podman", args, { env, signal });
      return undefined;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return said.trim().split("\n").at(-1);
    }
  };
  return async (image, signal) => {
    if (here.has(image)) return undefined;
    const isAbsent = (await refusalOf(["image", "exists", image], signal)) !== undefined;
    const refusal = isAbsent ? await refusalOf(["pull", "--quiet", image], signal) : undefined;
    if (refusal === undefined) here.add(image);
    return refusal;
  };
}
