import type { CredentialSecret } from "./types.ts";

/** A file below the home directory of steps. */
export interface CredentialFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

export const privateMode = 0o600;

/** What a secret's annotations say that it is for. */
export function annotated(
  { annotations }: CredentialSecret,
  kind: "git" | "docker",
): readonly string[] {
  return Object.entries(annotations)
    .filter(([name]) => name.startsWith(`tekton.dev/${kind}-`))
    .map(([, value]) => value);
}

/** What is for a whole host stands before what is for one of its repositories. */
function hostsFirst<T extends { readonly path: string }>(entries: readonly T[]): readonly T[] {
  return [
    ...entries.filter(({ path }) => path === ""),
    ...entries.filter(({ path }) => path !== ""),
  ];
}

/** The logins for git over HTTP: their part of git's configuration, and the store that it names. */
function loginFiles(secrets: readonly CredentialSecret[]): { config: string; store: string } {
  const logins = secrets
    .filter(({ type }) => type === "kubernetes.io/basic-auth")
    .flatMap((secret) => {
      const { username = "", password = "" } = secret.data;
      return annotated(secret, "git").map((url) => {
        const pathname = URL.canParse(url) ? new URL(url).pathname : "";
        return { url, path: pathname === "/" ? "" : pathname, username, password };
      });
    });
  if (logins.length === 0) return { config: "", store: "" };
  const config = logins.map(({ url, path, username }) => {
    const name = username.replaceAll("\\", "\\\\");
    // Else git looks at the host alone, and takes the first login that it finds for it.
    const whole = path === "" ? "" : "\tuseHttpPath = true\n";
    return `[credential "${url}"]\n\tusername = ${name}\n${whole}`;
  });
  const lines = hostsFirst(logins).flatMap(({ url, username, password }) => {
    if (!URL.canParse(url)) return [];
    const full = new URL(url);
    full.username = username;
    full.password = password;
    return [`${full.href.replace(/\/$/, "")}\n`];
  });
  return { config: `[credential]\n\thelper = store\n${config.join("")}`, store: lines.join("") };
}

interface SshAddress {
  readonly host: string;
  readonly port: string;
  /** Of one repository, without the first slash; empty for all of the host's. */
  readonly path: string;
  readonly keys: readonly CredentialSecret[];
}

function sshAddresses(keys: readonly CredentialSecret[]): readonly SshAddress[] {
  const addresses = [...new Set(keys.flatMap((key) => annotated(key, "git")))];
  const parsed = addresses.map((address) => {
    const [, host = "", port = "22", path = ""] =
      /^([^/:]*)(?::([^/]*))?(?:\/(.*))?$/.exec(address) ?? [];
    const own = keys.filter((key) => annotated(key, "git").includes(address));
    return { host, port, path, keys: own };
  });
  return hostsFirst(parsed);
}

/** SSH knows keys by the host alone: git is told to name another for a repository that has its own. */
function sshHost({ host, path }: SshAddress): string {
  return path === "" ? host : `${host}--${path.replaceAll("/", "--")}`;
}

function insteadOf(address: SshAddress): string {
  const { host, port, path } = address;
  const alias = sshHost(address);
  const place = port === "22" ? host : `${host}:${port}`;
  return path === ""
    ? ""
    : `[url "git@${alias}:${path}.git"]\n\tinsteadOf = git@${host}:${path}.git\n` +
        `[url "ssh://${alias}/${path}.git"]\n\tinsteadOf = ssh://${place}/${path}.git\n`;
}

/**
 * The files that git and ssh look for in the home directory, made of the secrets of a ServiceAccount which are annotated
 * with hosts, or with single repositories of theirs. https://tekton.dev/docs/pipelines/auth/
 */
export function gitCredentialFiles(
  secrets: readonly CredentialSecret[],
  home: string,
): readonly CredentialFile[] {
  const { config, store } = loginFiles(secrets);
  const keys = secrets.filter(
    (secret) => secret.type === "kubernetes.io/ssh-auth" && annotated(secret, "git").length > 0,
  );
  const addresses = sshAddresses(keys);
  const hosts = addresses.map((address) => {
    const lines = [
      `Host ${sshHost(address)}`,
      `    HostName ${address.host}`,
      `    Port ${address.port}`,
      ...address.keys.map(({ name }) => `    IdentityFile ${home}/.ssh/id_${name}`),
    ];
    return `${lines.join("\n")}\n`;
  });
  const known = keys.map(({ data }) => data["known_hosts"] ?? "").filter((text) => text !== "");
  const files = {
    ".gitconfig": `${config}${addresses.map(insteadOf).join("")}`,
    ".git-credentials": store,
    ".ssh/config": hosts.join(""),
    ".ssh/known_hosts": known.join("\n"),
  };
  return [
    ...Object.entries(files)
      .filter(([, text]) => text !== "")
      .map(([path, text]) => ({ path, text, mode: privateMode })),
    ...keys.map(({ name, data }) => ({
      path: `.ssh/id_${name}`,
      text: data["ssh-privatekey"] ?? "",
      mode: privateMode,
    })),
  ];
}
