import { lstat, mkdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";

/**
 * A directory or file below a volume; a directory is made where it is missing. Steps could have laid links that lead
 * out of the volume, so none is followed.
 */
export async function subPath(volume: string, path: string): Promise<Result<string>> {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 0) return ok(volume);
  const refusal = failed({
    kind: "refused",
    what: `the subPath "${path}" leads out of its volume`,
  });
  if (parts.includes("..") || path.startsWith("/")) return refusal;
  const root = await realpath(volume);
  let place = root;
  for (const [index, part] of parts.entries()) {
    place = join(place, part);
    await mkdir(place).catch(() => undefined);
    const found = await lstat(place).catch(() => undefined);
    const isLast = index === parts.length - 1;
    if (found?.isDirectory() !== true && !(isLast && found?.isFile() === true)) return refusal;
  }
  return place.startsWith(root + sep) ? ok(place) : refusal;
}
