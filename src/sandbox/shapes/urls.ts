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

/** The page of an issue or a pull request. */
export function conversationUrl(world: World, repository: Repository, number: number): string {
  const kind = repository.pulls.has(number) ? "pull" : "issues";
  return `${repositoryPageUrl(world, repository)}/${kind}/${number.toString()}`;
}

/** GitHub's opaque id: the kind and the number in base64. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64");
}
