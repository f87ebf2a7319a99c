import { readFileSync } from "node:fs";
import { failed, ok, type Result } from "../problem.ts";
import { parseDockerConfig, type Credentials } from "../registry/parse-docker-config.ts";
import type { ServerSettings } from "./server-file.ts";

/** The credentials for registries that the operator names a file with; none where there is no such setting. */
export function readRegistryCredentials({
  registryCredentials: path,
}: Pick<ServerSettings, "registryCredentials">): Result<Credentials> {
  if (path === undefined) return ok(new Map());
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return failed({
      kind: "not-found",
      where: path,
      what: "the file with the credentials for registries cannot be read.",
      next: "Name one with `registryCredentials` in the server file, or leave that out.",
    });
  }
  return parseDockerConfig(path, text);
}
