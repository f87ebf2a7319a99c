import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

const creations = new WeakMap<World, number[]>();

/** Counts one creation of content and refuses it beyond the limit of a minute, where one is configured. */
export function limitContent(world: World): void {
  const limit = world.options.contentCreationsPerMinute;
  if (limit === undefined) return;
  const now = Date.now();
  const recent = (creations.get(world) ?? []).filter((at) => at > now - 60_000);
  if (recent.length >= limit) {
    throw new Refusal(
      403,
      "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.",
      [],
      { "retry-after": "60" },
    );
  }
  creations.set(world, [...recent, now]);
}
