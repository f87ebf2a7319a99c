import { Hono } from "hono";
import { grants, roleOf } from "../actor.ts";
import { Refusal, notFound } from "../refusal.ts";
import { publicUserShape, userShape } from "../shapes/user-shape.ts";
import { apiUrl } from "../shapes/urls.ts";
import type { Role } from "../types.ts";
import { answer, pathPart, repositoryOf, type RestContext, type RestEnv } from "./context.ts";
import { requireTo } from "./rights.ts";

/** People, teams and roles. */
export function accountRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  app.get("/user", (c) => {
    const actor = c.get("actor");
    if (actor.kind === "anonymous") throw new Refusal(401, "Requires authentication");
    if (actor.kind !== "person") throw new Refusal(403, "Resource not accessible by integration");
    const body = publicUserShape(c.get("world"), actor.account);
    return answer("users/get-authenticated", 200, body);
  });
  app.get("/users/:login", (c) => {
    const account = c.get("world").accounts.get(pathPart(c, "login").toLowerCase());
    if (account === undefined) throw notFound();
    return answer("users/get-by-username", 200, publicUserShape(c.get("world"), account));
  });
  app.get("/repos/:owner/:repo/collaborators/:login/permission", readPermission);
  app.get("/orgs/:org/teams/:slug/memberships/:login", readMembership);
  return app;
}

/** The older four words in which `permission` tells a role. */
function coarse(role: Role): "admin" | "write" | "read" | "none" {
  if (role === "maintain") return "write";
  return role === "triage" ? "read" : role;
}

function readPermission(c: RestContext): Response {
  const world = c.get("world");
  const repository = repositoryOf(c);
  requireTo(c, repository, "readMetadata");
  const account = world.accounts.get(pathPart(c, "login").toLowerCase());
  if (account === undefined) throw notFound();
  const role = roleOf(repository, account.login);
  const has = (...roles: readonly Role[]): boolean => roles.includes(role);
  return answer("repos/get-collaborator-permission-level", 200, {
    permission: coarse(role),
    role_name: role,
    user: {
      ...userShape(world, account),
      role_name: role,
      permissions: {
        admin: has("admin"),
        maintain: has("admin", "maintain"),
        push: has("admin", "maintain", "write"),
        triage: has("admin", "maintain", "write", "triage"),
        pull: role !== "none",
      },
    },
  });
}

function readMembership(c: RestContext): Response {
  const world = c.get("world");
  const actor = c.get("actor");
  if (actor.kind === "installation" && !grants(actor.token, "members", "read"))
    throw new Refusal(403, "Resource not accessible by integration");
  if (actor.kind === "anonymous") throw new Refusal(401, "Requires authentication");
  const [org, slug, login] = [pathPart(c, "org"), pathPart(c, "slug"), pathPart(c, "login")];
  const members = world.options.teams?.[`${org}/${slug}`] ?? [];
  if (!members.some((member) => member.toLowerCase() === login.toLowerCase())) throw notFound();
  return answer("teams/get-membership-for-user-in-org", 200, {
    url: `${apiUrl(world)}/orgs/${org}/teams/${slug}/memberships/${login}`,
    role: "member",
    state: "active",
  });
}
