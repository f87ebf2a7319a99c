import * as z from "zod";
import {
  annotated,
  gitCredentialFiles,
  privateMode,
  type CredentialFile,
} from "./git-credential-files.ts";
import type { CredentialSecret } from "./types.ts";

const dockerFile = z.looseObject({ auths: z.record(z.string(), z.unknown()).default({}) });
const dockerAuths = z.record(z.string(), z.unknown());

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The logins of a secret in Docker's own forms, or of one that is bound to registries. */
function authsOf(secret: CredentialSecret): Readonly<Record<string, unknown>> {
  const { type, data } = secret;
  if (type === "kubernetes.io/dockerconfigjson") {
    return dockerFile.safeParse(parseJson(data[".dockerconfigjson"] ?? "")).data?.auths ?? {};
  }
  if (type === "kubernetes.io/dockercfg") {
    return dockerAuths.safeParse(parseJson(data[".dockercfg"] ?? "")).data ?? {};
  }
  if (type !== "kubernetes.io/basic-auth") return {};
  const { username = "", password = "" } = data;
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  return Object.fromEntries(
    annotated(secret, "docker").map((url) => [url, { username, password, auth }]),
  );
}

function dockerFiles(secrets: readonly CredentialSecret[]): readonly CredentialFile[] {
  const auths = Object.fromEntries(secrets.flatMap((secret) => Object.entries(authsOf(secret))));
  if (Object.keys(auths).length === 0) return [];
  return [{ path: ".docker/config.json", text: JSON.stringify({ auths }), mode: privateMode }];
}

/**
 * The files that git, ssh and container tools look for in the home directory, made of the secrets of a ServiceAccount.
 * https://tekton.dev/docs/pipelines/auth/
 */
export function credentialFiles(
  secrets: readonly CredentialSecret[],
  home: string,
): readonly CredentialFile[] {
  return [...gitCredentialFiles(secrets, home), ...dockerFiles(secrets)];
}
