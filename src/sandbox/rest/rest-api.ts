import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { matchedRoutes } from "hono/route";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Actor } from "../actor.ts";
import type { FaultRule, Faults } from "../http/faults.ts";
import { actorName, identify } from "../http/identify.ts";
import type { RestCall } from "../http/rest-calls.ts";
import { type FieldError, Refusal } from "../refusal.ts";
import type { World } from "../world.ts";
import { accountRoutes } from "./account-routes.ts";
import { appRoutes } from "./app-routes.ts";
import { checkRoutes } from "./check-routes.ts";
import { commentRoutes } from "./comment-routes.ts";
import { contentsRoutes } from "./contents-routes.ts";
import type { RestContext, RestEnv } from "./context.ts";
import { gitRoutes } from "./git-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import { reviewRoutes } from "./review-routes.ts";
import { serviceRoutes } from "./service-routes.ts";

const apiBase = "/api/v3";

/** The REST interface, to be mounted at the server's root; every call is counted, and recorded where asked for. */
export function restApi(world: World, faults: Faults, calls: RestCall[]): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const observe: MiddlewareHandler<RestEnv> = async (c, next) => {
    const path = c.req.path.slice(apiBase.length);
    const fault = faults.take(c.req.method, path);
    if (fault !== undefined && fault.after !== true) return breakAnswer(c, fault);
    c.set("world", world);
    c.set("actor", { kind: "anonymous" });
    await next();
    await keep(c, path, calls);
    if (fault !== undefined) return breakAnswer(c, fault);
    return undefined;
  };
  app.use(`${apiBase}/*`, observe);
  app.use(`${apiBase}/*`, async (c, next) => {
    c.set("actor", identify(world, c.req.header("authorization")));
    await next();
  });
  app.route(apiBase, accountRoutes());
  app.route(apiBase, appRoutes());
  app.route(apiBase, checkRoutes());
  app.route(apiBase, commentRoutes());
  app.route(apiBase, contentsRoutes());
  app.route(apiBase, gitRoutes());
  app.route(apiBase, issueRoutes());
  app.route(apiBase, pullRoutes());
  app.route(apiBase, repositoryRoutes());
  app.route(apiBase, reviewRoutes());
  app.route(apiBase, serviceRoutes());
  app.all(`${apiBase}/*`, () => refuse(404, "Not Found"));
  app.onError((error) => {
    if (error instanceof Refusal)
      return refuse(error.status, error.message, error.errors, error.headers);
    if (error instanceof HTTPException) return refuse(400, error.message);
    return refuse(500, `Server Error: ${error.message}`);
  });
  return app;
}

/** GitHub's form of an error. */
function refuse(
  status: ContentfulStatusCode,
  message: string,
  errors: readonly FieldError[] = [],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = {
    message,
    ...(errors.length === 0 ? {} : { errors }),
    documentation_url: "https://docs.github.com/rest",
    status: status.toString(),
  };
  return Response.json(body, { status, headers });
}

async function keep(c: RestContext, path: string, calls: RestCall[]): Promise<void> {
  const world = c.get("world");
  const actor: Actor = c.get("actor");
  const route = matchedRoutes(c)
    .map((each) => each.path)
    .filter((each) => !each.endsWith("*"))
    .at(-1);
  calls.push({
    method: c.req.method,
    path,
    route: route?.slice(apiBase.length),
    status: c.res.status,
    at: new Date().toISOString(),
    actor: actorName(world, actor),
  });
  if (world.options.record === undefined) return;
  const text = await c.res.clone().text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  world.options.record({ kind: "rest", method: c.req.method, path, status: c.res.status, body });
}

/** Answers as the fault says: with a status, with a closed connection, or never. */
function breakAnswer(
  c: { readonly env: HttpBindings; readonly req: { readonly raw: Request } },
  fault: FaultRule,
): Response | Promise<Response> {
  switch (fault.respond) {
    case "drop":
      c.env.incoming.socket.destroy();
      return new Response(null, { status: 502 });
    case "hang":
      return new Promise((resolve) => {
        c.env.incoming.socket.once("close", () => resolve(new Response(null, { status: 502 })));
      });
    case 429:
      return refuse(429, "You have exceeded a secondary rate limit.", [], { "retry-after": "1" });
    case 500:
    case 502:
      return refuse(fault.respond, "Server Error");
  }
}
