import { ok, type Result } from "../problem.ts";
import { parseDockerConfig, type Credentials } from "../registry/parse-docker-config.ts";
import { readNamedFile } from "./read-named-file.ts";
import type { ServerSettings } from "./server-file.ts";

/** The credentials for registries that the operator names a file with; none where there is no such setting. */
export function readRegistryCredentials({
  registryCredentials: path,
}: Pick<ServerSettings, "registryCredentials">): Result<Credentials> {
  if (path === undefined) return ok(new Map());
  const text = readNamedFile(
    path,
    "the file with the credentials for registries",
    "Name one with `registryCredentials` in the server file, or leave that out.",
  );
  return text.ok ? parseDockerConfig(path, text.value) : text;
}
