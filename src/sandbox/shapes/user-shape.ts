import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { Account } from "../types.ts";
import { apiUrl, nodeId } from "./urls.ts";

/** An account as it stands in other objects (schema `simple-user`). */
export function userShape(world: World, account: Account) {
  const url = `${apiUrl(world)}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId("User", account.id),
    avatar_url: `${world.url}/avatars/${encodeURIComponent(account.login)}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  } satisfies components["schemas"]["simple-user"];
}

/** An account's own page of the interface (schema `public-user`). */
export function publicUserShape(world: World, account: Account) {
  return {
    ...userShape(world, account),
    name: account.name,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  } satisfies components["schemas"]["public-user"];
}

/** The address that stands in an account's commits. */
export function emailOf(account: Account): string {
  return `${account.id.toString()}+${account.login}@users.noreply.sandbox.invalid`;
}
