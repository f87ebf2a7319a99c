import type { Finding } from "../findings/finding.ts";
import { placeOf } from "../place-of.ts";
import type { StreamsRepository } from "../repository.ts";
import type { Collision } from "./plan.ts";

/** Rules about streams that write to the same place, or may work in it at the same time. */
const rules: ReadonlySet<string> = new Set([
  "image-tag-shared",
  "bucket-folder-shared",
  "claim-shared",
  "release-name-shared",
]);

/** The streams that get into each other's way after a change and did not before it. */
export function planCollisions(
  before: Pick<StreamsRepository, "findings">,
  after: Pick<StreamsRepository, "findings">,
): Collision[] {
  const collisions = collisionsIn(after);
  if (collisions.length === 0) return [];
  const known = new Set(collisionsIn(before).map(identity));
  return collisions.flatMap((finding) => {
    const { file, rule, message } = finding;
    const place = placeOf(file);
    if (known.has(identity(finding)) || place.kind !== "stream") return [];
    return [{ stream: place.name, rule, message }];
  });
}

function collisionsIn({ findings }: Pick<StreamsRepository, "findings">): readonly Finding[] {
  return findings.filter(({ rule }) => rules.has(rule));
}

/** The message names a line of the other stream, which may have moved. */
function identity({ file, rule, message }: Finding): string {
  return JSON.stringify([file, rule, message.replace(/:\d+\)/g, ")")]);
}
