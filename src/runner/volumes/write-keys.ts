import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";
import type { KeyToPath } from "../../tekton/types.ts";
import type { KeyValues } from "../types.ts";

const keyName = /^[-._a-zA-Z0-9]{1,253}$/;
/** Kubernetes' own, so that steps of any user may read. */
const kubernetesMode = 0o644;

function isPlainPath(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
}

/**
 * Writes keys as files, as the volume of a Secret or a ConfigMap holds them: all, or those of `items`, at their paths
 * and with their modes. A problem names a key that is missing.
 */
export async function writeKeys(
  directory: string,
  data: KeyValues,
  options: {
    readonly items?: readonly KeyToPath[];
    readonly defaultMode?: number;
    readonly optional?: boolean;
  },
): Promise<Result<void>> {
  const { items, defaultMode = kubernetesMode, optional = false } = options;
  const all = Object.keys(data).map((key): KeyToPath => ({ key, path: key }));
  await mkdir(directory, { recursive: true });
  for (const { key, path, mode = defaultMode } of items ?? all) {
    if (!Object.hasOwn(data, key)) {
      if (optional) continue;
      return failed({ kind: "not-found", what: `there is no key "${key}"` });
    }
    if (!keyName.test(key) || !isPlainPath(path)) {
      return failed({ kind: "refused", what: `the key "${key}" cannot stand at "${path}"` });
    }
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, data[key] ?? "");
    await chmod(file, mode & 0o777);
  }
  return ok(undefined);
}
