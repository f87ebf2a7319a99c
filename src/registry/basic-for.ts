import type { Credential } from "./parse-docker-config.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The header that shows a credential to an address; none where there is no credential, or others could read it on the way. */
export function basicFor(url: URL, credential: Credential | undefined): Record<string, string> {
  if (credential === undefined) return {};
  if (url.protocol !== "https:" && !loopback.has(url.hostname)) return {};
  const { username, password } = credential;
  return {
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
  };
}
