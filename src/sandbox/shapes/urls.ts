import type { World } from "../world.ts";
import { fullName } from "../world.ts";
import type { Repository } from "../types.ts";

export function apiUrl(world: World): string {
  return `${world.url}/api/v3`;
}

export function repositoryApiUrl(world: World, repository: Repository): string {
  return `${apiUrl(world)}/repos/${fullName(repository)}`;
}

export function repositoryPageUrl(world: World, repository: Repository): string {
  return `${world.url}/${fullName(repository)}`;
}

/** GitHub's opaque id: the kind and the number in base64. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64");
}
