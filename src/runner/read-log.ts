import { readFile } from "node:fs/promises";
import { join } from "node:path";

const plainName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * The log of a container below the log directory, its last `lines` where given; undefined where there is none.
 * Names come from requests, so only those of Kubernetes objects are looked up.
 */
export async function readLog(
  directory: string,
  pod: string,
  container: string,
  lines?: number,
): Promise<string | undefined> {
  if (!plainName.test(pod) || !plainName.test(container)) return undefined;
  const text = await readFile(join(directory, pod, `${container}.log`), "utf8").catch(
    () => undefined,
  );
  if (text === undefined || lines === undefined) return text;
  const all = text.endsWith("\n") ? text.slice(0, -1).split("\n") : text.split("\n");
  const last = lines === 0 ? [] : all.slice(-lines);
  return last.map((line) => `${line}\n`).join("");
}
