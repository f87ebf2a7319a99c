import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { Installation } from "../types.ts";
import { apiUrl, nodeId } from "./urls.ts";
import { userShape } from "./user-shape.ts";

/** The permissions as a record of words: how an App shows them. */
function permissionWords(world: World): Record<string, string> {
  return Object.fromEntries(Object.entries(world.options.app.permissions));
}

/** The App (schema `integration`). */
export function appShape(world: World) {
  const { app } = world.options;
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("Integration", app.id),
    owner: userShape(world, world.appOwner),
    name: app.slug,
    description: null,
    external_url: world.url,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: world.appCreatedAt,
    updated_at: world.appCreatedAt,
    permissions: permissionWords(world),
    events: [...app.events],
  } satisfies components["schemas"]["integration"];
}

/** An installation of the App (schema `installation`). */
export function installationShape(world: World, installation: Installation) {
  const { app } = world.options;
  return {
    id: installation.id,
    account: userShape(world, installation.account),
    repository_selection: "all" as const,
    access_tokens_url: `${apiUrl(world)}/app/installations/${installation.id.toString()}/access_tokens`,
    repositories_url: `${apiUrl(world)}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id.toString()}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: app.permissions,
    events: [...app.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  } satisfies components["schemas"]["installation"];
}

/** An installation in the list of them, where GitHub's description asks for an enterprise's fields too. */
export function listedInstallationShape(world: World, installation: Installation) {
  const { name, login, createdAt } = installation.account;
  const shape = installationShape(world, installation);
  const enterprise = { name, slug: login, created_at: createdAt, updated_at: createdAt };
  return { ...shape, account: { ...shape.account, ...enterprise } };
}
