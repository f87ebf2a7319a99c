import { otherEnds, ownWords } from "./other-ends.ts";
import { endings, otherObjects, words } from "./other-objects.ts";

/** What of the objects of a case is not compared. */
export function apartOf(name: string): readonly string[] {
  const listed = (otherObjects[name] ?? []).map(({ at }) => at);
  if (otherEnds[name] !== undefined) return [...listed, ...endings];
  return ownWords[name] === undefined ? listed : [...listed, ...words];
}
