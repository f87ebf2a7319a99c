export interface GitAccess {
  readonly gitUrl: string;
  readonly token: string | undefined;
  readonly protocols: readonly string[];
  /** A folder without any configuration of git. */
  readonly home: string;
  /** More settings of git for this access. */
  readonly configuration?: readonly (readonly [string, string])[];
}

/** What git needs of the machine: where programs, proxies and certificates are. Nothing else of our environment is passed. */
const passed = [
  "PATH",
  "HTTPS_PROXY",
  "https_proxy",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
  "GIT_SSL_CAINFO",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
] as const;

/**
 * The whole environment of a git process: no configuration of the machine or of a person, no prompts, no hooks, no
 * other protocols. The token is in the environment alone, so in no argument, URL or file, and goes to `gitUrl` only.
 */
export function gitEnvironment(
  access: GitAccess,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const machine = passed.flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(machine),
    HOME: access.home,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ALLOW_PROTOCOL: access.protocols.join(":"),
    ...configuration([
      ["core.hooksPath", "/dev/null"],
      ["core.fsync", "committed"],
      ["gc.auto", "0"],
      ["maintenance.auto", "false"],
      ["credential.helper", ""],
      ...(access.configuration ?? []),
      ...(access.token === undefined ? [] : [authorization(access.gitUrl, access.token)]),
    ]),
  };
}

/** https://git-scm.com/docs/git-config#ENVIRONMENT */
function configuration(
  settings: readonly (readonly [string, string])[],
): Readonly<Record<string, string>> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) };
  settings.forEach(([key, value], index) => {
    variables[`GIT_CONFIG_KEY_${index}`] = key;
    variables[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return variables;
}

function authorization(gitUrl: string, token: string): readonly [string, string] {
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [`http.${gitUrl}.extraHeader`, `Authorization: Basic ${credentials}`];
}
