import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { dockerHub, isDockerHub } from "./docker-hub.ts";

/** What a registry is to be shown, as its client would type it. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}

/** Credentials by registry, or by registry and the beginning of a repository, such as `quay.io/okd`. */
export type Credentials = ReadonlyMap<string, Credential>;

const entrySchema = z.union([
  z.object({ auth: z.string().min(1) }),
  z.object({ username: z.string().min(1), password: z.string().min(1) }),
]);
const configSchema = z.object({ auths: z.record(z.string(), entrySchema) });

/**
 * The credentials of a file as `docker login`, `podman login` and secrets of type kubernetes.io/dockerconfigjson have it.
 * https://kubernetes.io/docs/concepts/containers/images/#config-json
 */
export function parseDockerConfig(path: string, text: string): Result<Credentials> {
  const parsed = configSchema.safeParse(parseJson(text));
  if (!parsed.success)
    return failed({
      kind: "invalid",
      where: path,
      what: "It is no dockerconfigjson with `auths`, each with `auth`, or with `username` and `password`.",
      next: "Take the file that `podman login --authfile` writes.",
    });
  const found = new Map<string, Credential>();
  for (const [key, entry] of Object.entries(parsed.data.auths)) {
    const credential = "auth" in entry ? decode(entry.auth) : entry;
    if (credential === undefined)
      return failed({
        kind: "invalid",
        where: path,
        what: `The \`auth\` of ${JSON.stringify(key)} is not the base64 of USER:PASSWORD.`,
        next: "Log in to that registry again.",
      });
    found.set(placeOf(key), credential);
  }
  return ok(found);
}

/** The credential for a repository of a registry: that of the longest place which it stands in. */
export function credentialFor(
  credentials: Credentials,
  { host, repository }: { readonly host: string; readonly repository: string },
): Credential | undefined {
  const parts = [host, ...repository.split("/")];
  for (let length = parts.length; length > 0; length -= 1) {
    const found = credentials.get(parts.slice(0, length).join("/"));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Docker writes its own registry as an address, `https://index.docker.io/v1/`. */
function placeOf(key: string): string {
  const plain = key.replace(/^https?:\/\//, "").replace(/\/+$/, "");
  const [host = "", ...path] = plain.replace(/\/v[12]$/, "").split("/");
  return [isDockerHub(host) ? dockerHub : host, ...path].join("/");
}

function decode(auth: string): Credential | undefined {
  const text = Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
