import * as z from "zod";
import type { CredentialSecret } from "./types.ts";

/** A file below the home directory of steps. */
export interface CredentialFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

const privateMode = 0o600;
const dockerFile = z.looseObject({ auths: z.record(z.string(), z.unknown()).default({}) });
const dockerAuths = z.record(z.string(), z.unknown());

function annotated({ annotations }: CredentialSecret, kind: "git" | "docker"): readonly string[] {
  return Object.entries(annotations)
    .filter(([name]) => name.startsWith(`tekton.dev/${kind}-`))
    .map(([, value]) => value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function gitFiles(secrets: readonly CredentialSecret[]): readonly CredentialFile[] {
  const logins = secrets
    .filter(({ type }) => type === "kubernetes.io/basic-auth")
    .flatMap((secret) => {
      const { username = "", password = "" } = secret.data;
      return annotated(secret, "git").map((url) => ({ url, username, password }));
    });
  if (logins.length === 0) return [];
  const config = logins.map(
    ({ url, username }) => `[credential "${url}"]\n\tusername = ${username}\n`,
  );
  const lines = logins.flatMap(({ url, username, password }) => {
    if (!URL.canParse(url)) return [];
    const full = new URL(url);
    full.username = username;
    full.password = password;
    return [`${full.href.replace(/\/$/, "")}\n`];
  });
  return [
    { path: ".gitconfig", text: `[credential]\n\thelper = store\n${config.join("")}`, mode: 0o644 },
    { path: ".git-credentials", text: lines.join(""), mode: privateMode },
  ];
}

function sshFiles(secrets: readonly CredentialSecret[], home: string): readonly CredentialFile[] {
  const keys = secrets.filter(
    (secret) => secret.type === "kubernetes.io/ssh-auth" && annotated(secret, "git").length > 0,
  );
  if (keys.length === 0) return [];
  const hosts = keys.flatMap((secret) =>
    annotated(secret, "git").map((address) => {
      const [host = "", port] = address.split(":");
      const lines = [`Host ${host}`, `    HostName ${host}`];
      if (port !== undefined) lines.push(`    Port ${port}`);
      return [...lines, `    IdentityFile ${home}/.ssh/id_${secret.name}`, ""].join("\n");
    }),
  );
  const known = keys.map(({ data }) => data["known_hosts"] ?? "").filter((text) => text !== "");
  return [
    ...keys.map(({ name, data }) => ({
      path: `.ssh/id_${name}`,
      text: data["ssh-privatekey"] ?? "",
      mode: privateMode,
    })),
    { path: ".ssh/config", text: hosts.join(""), mode: privateMode },
    ...(known.length > 0
      ? [{ path: ".ssh/known_hosts", text: known.join("\n"), mode: privateMode }]
      : []),
  ];
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
  return [...gitFiles(secrets), ...sshFiles(secrets, home), ...dockerFiles(secrets)];
}
