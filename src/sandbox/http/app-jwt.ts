import { verify } from "node:crypto";
import * as z from "zod";
import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

const header = z.object({ alg: z.literal("RS256") });
const claims = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.number(),
  exp: z.number(),
});

const longestSeconds = 600;
const skewSeconds = 60;

/** Whether a bearer token has the form of a JSON web token. */
export function looksLikeJwt(token: string): boolean {
  return /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** Refuses with 401 unless the token is the App's own, by its key, and still valid. */
export function verifyAppJwt(world: World, token: string, now: Date = new Date()): void {
  const [head = "", body = "", signature = ""] = token.split(".");
  const undecodable = new Refusal(401, "A JSON web token could not be decoded");
  if (!header.safeParse(decode(head)).success) throw undecodable;
  const parsed = claims.safeParse(decode(body));
  if (!parsed.success) throw undecodable;
  const { iss, exp, iat } = parsed.data;
  const signed = verify(
    "RSA-SHA256",
    Buffer.from(`${head}.${body}`),
    world.appKey.publicKey,
    Buffer.from(signature, "base64url"),
  );
  if (!signed) throw undecodable;
  const seconds = now.getTime() / 1000;
  if (![world.options.app.id.toString(), clientId(world)].includes(String(iss)))
    throw new Refusal(404, "Integration not found");
  if (exp <= seconds - skewSeconds)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > seconds + longestSeconds + skewSeconds || iat > seconds + skewSeconds)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
}

function clientId(world: World): string {
  return `Iv23sandbox${world.options.app.id.toString()}`;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
