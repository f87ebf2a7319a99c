import { readFileSync } from "node:fs";
import { failed, ok, type Problem, type Result } from "../problem.ts";

/** What the process environment says: Probot's own variable names, so that its documentation holds. */
export interface Environment {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** The first signs new deliveries; the second is still accepted while the secret is being rotated. */
  readonly webhookSecrets: readonly string[];
  readonly webhookPath: string;
  /** Base of GitHub's REST API, such as https://api.github.com or https://ghe.example.org/api/v3. */
  readonly apiUrl: string;
  /** Base of GitHub's pages and of git over HTTP. */
  readonly gitHubUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** Address of the database in place of the server file's, which is no place for its password. */
  readonly database?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

const howToRegister =
  "Register the App from app.yml (docs/operators.md, “Register the App”) and set what GitHub shows there.";

/** Reads and checks the environment; every missing or wrong variable is named in one problem. */
export function readEnvironment(variables: Variables): Result<Environment> {
  const faults: string[] = [];
  const appId = readAppId(variables, faults);
  const privateKey = readPrivateKey(variables, faults);
  const webhookSecrets = readWebhookSecrets(variables, faults);
  const port = readPort(variables, faults);
  const gitHub = readGitHubHost(variables, faults);
  if (faults.length > 0) return failed(environmentProblem(faults));
  const database = readDatabaseAddress(variables);
  return ok({
    appId,
    privateKey,
    webhookSecrets,
    webhookPath: variables["WEBHOOK_PATH"] ?? "/api/github/webhooks",
    ...gitHub,
    host: variables["HOST"] ?? "0.0.0.0",
    port,
    logLevel: variables["LOG_LEVEL"] ?? "info",
    ...(database === undefined ? {} : { database }),
  });
}

/** The database's address, where the environment names it. */
export function readDatabaseAddress(variables: Variables): string | undefined {
  const address = variables["DATABASE_URL"];
  return address === "" ? undefined : address;
}

function environmentProblem(faults: readonly string[]): Problem {
  return {
    kind: "invalid",
    where: "environment",
    what: `the bot cannot start:\n${faults.map((fault) => `  - ${fault}`).join("\n")}\n`,
    next: howToRegister,
  };
}

function readAppId(variables: Variables, faults: string[]): number {
  const text = variables["APP_ID"];
  const appId = Number(text);
  if (text === undefined || text === "") faults.push("APP_ID is missing: the App's numeric id.");
  else if (!Number.isSafeInteger(appId) || appId <= 0)
    faults.push(`APP_ID is "${text}", which is no positive number.`);
  return appId;
}

function readPrivateKey(variables: Variables, faults: string[]): string {
  const inline = variables["PRIVATE_KEY"];
  const path = variables["PRIVATE_KEY_PATH"];
  const text =
    inline === undefined || inline === "" ? readKeyFile(path, faults) : decodeKey(inline);
  if (text === undefined) return "";
  if (!text.includes("PRIVATE KEY-----")) faults.push("The private key is no PEM text.");
  return text;
}

function readKeyFile(path: string | undefined, faults: string[]): string | undefined {
  if (path === undefined || path === "") {
    faults.push("PRIVATE_KEY_PATH (or PRIVATE_KEY) is missing: the App's private key in PEM.");
    return undefined;
  }
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    faults.push(`PRIVATE_KEY_PATH cannot be read: ${reason}.`);
    return undefined;
  }
}

/** Environments that hold one line only carry the key with `\n` written out, or in base64. */
function decodeKey(text: string): string {
  if (text.includes("-----BEGIN")) return text.replaceAll("\\n", "\n");
  return Buffer.from(text, "base64").toString("utf8");
}

function readWebhookSecrets(variables: Variables, faults: string[]): string[] {
  const current = variables["WEBHOOK_SECRET"] ?? "";
  const previous = variables["WEBHOOK_SECRET_PREVIOUS"] ?? "";
  if (current === "")
    faults.push(
      "WEBHOOK_SECRET is missing: without it anybody could send events, so the bot does not start.",
    );
  else if (current.length < 16)
    faults.push(
      "WEBHOOK_SECRET is shorter than 16 characters; make one with `openssl rand -hex 32`.",
    );
  if (previous !== "" && previous.length < 16)
    faults.push(
      "WEBHOOK_SECRET_PREVIOUS is shorter than 16 characters: remove it, it opens as much as the current one.",
    );
  return [current, previous].filter((secret) => secret !== "");
}

function readPort(variables: Variables, faults: string[]): number {
  const text = variables["PORT"] ?? "3000";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    faults.push(`PORT is "${text}", which is no port.`);
  return port;
}

function readGitHubHost(
  variables: Variables,
  faults: string[],
): { apiUrl: string; gitHubUrl: string } {
  const host = variables["GHE_HOST"] ?? "";
  if (host === "") return { apiUrl: "https://api.github.com", gitHubUrl: "https://github.com" };
  const protocol = variables["GHE_PROTOCOL"] ?? "https";
  if (protocol !== "http" && protocol !== "https")
    faults.push(`GHE_PROTOCOL is "${protocol}"; it is http or https.`);
  if (!/^[A-Za-z0-9.-]+(:\d+)?$/.test(host))
    faults.push(`GHE_HOST is "${host}"; it is a host name without protocol or path.`);
  return { apiUrl: `${protocol}://${host}/api/v3`, gitHubUrl: `${protocol}://${host}` };
}
