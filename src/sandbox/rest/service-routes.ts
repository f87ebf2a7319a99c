import { Hono } from "hono";
import { apiUrl } from "../shapes/urls.ts";
import { answer, type RestEnv } from "./context.ts";

const hourly = 15_000;

/** What the service says about itself. */
export function serviceRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  app.get("/meta", (c) => {
    const here = `${new URL(c.get("world").url).hostname}/32`;
    return answer("meta/get", 200, {
      verifiable_password_authentication: false,
      hooks: [here],
      git: [here],
      web: [apiUrl(c.get("world"))],
    });
  });
  app.get("/rate_limit", () => {
    const limit = {
      limit: hourly,
      used: 0,
      remaining: hourly,
      reset: Math.floor(Date.now() / 1000) + 3600,
    };
    return answer("rate-limit/get", 200, {
      resources: { core: limit, search: limit },
      rate: limit,
    });
  });
  return app;
}
