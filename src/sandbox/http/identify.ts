import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";
import { looksLikeJwt, verifyAppJwt } from "./app-jwt.ts";

/** Who a request's Authorization header says it is; refuses with 401 what it does not know. */
export function identify(world: World, authorization: string | undefined): Actor {
  if (authorization === undefined) return { kind: "anonymous" };
  const token = tokenOf(authorization);
  if (looksLikeJwt(token)) {
    verifyAppJwt(world, token);
    return { kind: "app" };
  }
  const person = world.tokens.get(token);
  if (person !== undefined) return { kind: "person", account: person };
  const installation = world.installationTokens.get(token);
  if (installation !== undefined && installation.expiresAt > Date.now())
    return { kind: "installation", account: world.bot, token: installation };
  throw new Refusal(401, "Bad credentials");
}

/** The token of `Bearer`, of `token`, or of the password of `Basic` (git's way). */
function tokenOf(authorization: string): string {
  const [scheme = "", value = ""] = authorization.split(" ");
  if (scheme.toLowerCase() !== "basic") return value;
  const pair = Buffer.from(value, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

export function actorName(world: World, actor: Actor): string {
  switch (actor.kind) {
    case "anonymous":
      return "anonymous";
    case "app":
      return world.options.app.slug;
    case "person":
    case "installation":
      return actor.account.login;
  }
}
