import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { ask, type AskOptions } from "./ask.ts";
import { basicFor } from "./basic-for.ts";
import type { Credential } from "./parse-docker-config.ts";

const maximumTokenBytes = 64 * 1024;

const answerSchema = z.union([
  z.object({ token: z.string().min(1) }),
  z.object({ access_token: z.string().min(1) }).transform(({ access_token: token }) => ({ token })),
]);

export interface TokenOptions extends AskOptions {
  /** Where the token is not to be an anonymous one. */
  readonly credential?: Credential;
}

/**
 * A token to pull one repository, as a registry's challenge says where to get it.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export async function fetchToken(
  challenge: string,
  repository: string,
  options: TokenOptions,
): Promise<Result<string>> {
  const { realm, service } = challengeParams(challenge);
  if (realm === undefined || !URL.canParse(realm))
    return unusable("asks for credentials in a way that the bot does not know");
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  // Not the scope of the challenge: no more is ever asked for than this.
  url.searchParams.set("scope", `repository:${repository}:pull`);
  const answer = await ask(
    url,
    {
      method: "GET",
      headers: { "user-agent": "okd-streams", ...basicFor(url, options.credential) },
      maximumBytes: maximumTokenBytes,
    },
    options,
  );
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 429 || status >= 500)
    return failed({ kind: "unavailable", what: `The registry answered ${status} with no token.` });
  const parsed = answerSchema.safeParse(parseJson(new TextDecoder().decode(body)));
  if (status === 200 && parsed.success) return ok(parsed.data.token);
  return unusable(`gives no token to read it (${status})`);
}

function challengeParams(challenge: string): {
  readonly realm?: string;
  readonly service?: string;
} {
  const [, params = ""] = /^Bearer\s+(.*)$/i.exec(challenge) ?? [];
  const found = [...params.matchAll(/([a-z_]+)="([^"]*)"/gi)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name.toLowerCase(), value]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unusable(why: string): Result<never> {
  return failed({
    kind: "refused",
    what: `The registry ${why}.`,
    next: "The bot reads images that everybody may read, or that `registryCredentials` in the server file opens.",
  });
}
