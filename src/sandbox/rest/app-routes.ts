import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import * as z from "zod";
import { covers } from "../actor.ts";
import { Refusal, notFound } from "../refusal.ts";
import { appShape, installationShape, listedInstallationShape } from "../shapes/app-shape.ts";
import { deliveryItemShape, deliveryShape } from "../shapes/delivery-shape.ts";
import { repositoryShape } from "../shapes/repository-shape.ts";
import type { Delivery, Installation, Permissions } from "../types.ts";
import { repeatDelivery } from "../webhooks/emit.ts";
import { timestamp } from "../world.ts";
import {
  answer,
  pageSize,
  paginate,
  pathNumber,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";

/** What the App does as itself: with its own token, not an installation's. */
export function appRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  app.get("/app", (c) => {
    requireApp(c);
    return answer("apps/get-authenticated", 200, appShape(c.get("world")));
  });
  app.get("/app/installations", (c) => {
    requireApp(c);
    const world = c.get("world");
    const page = paginate(c, [...world.installations.values()]);
    const body = page.items.map((each) => listedInstallationShape(world, each));
    return answer("apps/list-installations", 200, body, page.headers);
  });
  app.get("/app/installations/:id", (c) => {
    const installation = installationOf(c);
    const body = installationShape(c.get("world"), installation);
    return answer("apps/get-installation", 200, body);
  });
  app.post("/app/installations/:id/access_tokens", createToken);
  app.get("/repos/:owner/:repo/installation", (c) => {
    requireApp(c);
    const world = c.get("world");
    const repository = repositoryOf(c);
    const installation = world.installations.get(repository.owner.login.toLowerCase());
    if (installation === undefined || !repository.installed) throw notFound();
    return answer("apps/get-repo-installation", 200, installationShape(world, installation));
  });
  app.get("/app/hook/deliveries", listDeliveries);
  app.get("/app/hook/deliveries/:id", (c) => {
    const body = deliveryShape(c.get("world"), deliveryOf(c));
    return answer("apps/get-webhook-delivery", 200, body);
  });
  app.post("/app/hook/deliveries/:id/attempts", (c) => {
    repeatDelivery(c.get("world"), deliveryOf(c), true);
    return answer("apps/redeliver-webhook-delivery", 202, {});
  });
  app.get("/installation/repositories", (c) => {
    const actor = c.get("actor");
    if (actor.kind !== "installation")
      throw new Refusal(
        403,
        "You must authenticate with an installation access token in order to list repositories for an installation.",
      );
    const world = c.get("world");
    const all = [...world.repositories.values()].filter((each) => covers(actor.token, each));
    const page = paginate(c, all);
    const body = {
      total_count: all.length,
      repositories: page.items.map((each) => repositoryShape(world, each)),
    };
    return answer("apps/list-repos-accessible-to-installation", 200, body, page.headers);
  });
  return app;
}

function requireApp(c: RestContext): void {
  if (c.get("actor").kind !== "app")
    throw new Refusal(401, "A JSON web token could not be decoded");
}

function installationOf(c: RestContext): Installation {
  requireApp(c);
  const id = pathNumber(c, "id");
  const all = [...c.get("world").installations.values()];
  const installation = all.find((each) => each.id === id);
  if (installation === undefined) throw notFound();
  return installation;
}

function deliveryOf(c: RestContext): Delivery {
  requireApp(c);
  const id = pathNumber(c, "id");
  const delivery = c.get("world").deliveries.find((each) => each.id === id);
  if (delivery === undefined) throw notFound();
  return delivery;
}

function listDeliveries(c: RestContext): Response {
  requireApp(c);
  const size = pageSize(c);
  const cursor = Number(c.req.query("cursor")) || Number.MAX_SAFE_INTEGER;
  const answered = c
    .get("world")
    .deliveries.filter((each) => each.statusCode !== 0 && each.id < cursor)
    .reverse();
  const items = answered.slice(0, size);
  const oldest = items.at(-1);
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", (oldest?.id ?? 0).toString());
  const headers: Record<string, string> =
    answered.length > size ? { link: `<${url.href}>; rel="next"` } : {};
  return answer("apps/list-webhook-deliveries", 200, items.map(deliveryItemShape), headers);
}

const tokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

const tokenLifetimeMs = 60 * 60 * 1000;

async function createToken(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const installation = installationOf(c);
  const wanted = await readBody(c, tokenRequest);
  const mine = [...world.repositories.values()].filter(
    (each) => each.installed && each.owner.id === installation.account.id,
  );
  const narrowed = wanted.repositories !== undefined || wanted.repository_ids !== undefined;
  const chosen = mine.filter(
    (each) =>
      wanted.repositories?.includes(each.name) === true ||
      wanted.repository_ids?.includes(each.id) === true,
  );
  const asked = (wanted.repositories?.length ?? 0) + (wanted.repository_ids?.length ?? 0);
  if (narrowed && chosen.length < asked)
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  const permissions = narrowPermissions(world.options.app.permissions, wanted.permissions);
  const token = `ghs_${randomBytes(27).toString("base64url")}`;
  const expiresAt = Date.now() + tokenLifetimeMs;
  world.installationTokens.set(token, {
    installation,
    permissions,
    expiresAt,
    ...(narrowed ? { repositoryIds: new Set(chosen.map((each) => each.id)) } : {}),
  });
  return answer("apps/create-installation-access-token", 201, {
    token,
    expires_at: timestamp(new Date(expiresAt)),
    permissions,
    repository_selection: narrowed ? "selected" : "all",
    ...(narrowed ? { repositories: chosen.map((each) => repositoryShape(world, each)) } : {}),
  });
}

const strength = { read: 1, write: 2, admin: 3 } as const;

function narrowPermissions(
  granted: Permissions,
  wanted: Readonly<Record<string, "read" | "write" | "admin">> | undefined,
): Permissions {
  if (wanted === undefined) return granted;
  const levels = new Map<string, keyof typeof strength>(Object.entries(granted));
  for (const [name, level] of Object.entries(wanted)) {
    const has = levels.get(name);
    if (has === undefined || strength[has] < strength[level])
      throw new Refusal(422, "The permissions requested are not granted to this installation.");
  }
  // Reading metadata comes with every token.
  return { metadata: "read", ...wanted };
}
