import { closest, distance } from "fastest-levenshtein";
import { quoted } from "./quoted.ts";

/** From here on comparing with each name would take long: a hostile file misspells thousands against thousands. */
const many = 500;

/** The name that was most likely meant, or undefined where none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0 || name.length > 100) return undefined;
  const nearest = names.length > many ? likeliest(name, names) : closest(name, names);
  const allowed = Math.max(1, Math.floor(Math.max(name.length, nearest.length) / 3));
  const near = distance(name, nearest) <= allowed || sameLetters(name, nearest);
  return near ? nearest : undefined;
}

/** The name that agrees most from its ends, as a name with one slip does up to the slip and after it. */
function likeliest(name: string, names: readonly string[]): string {
  let best = "";
  let most = -1;
  for (const other of names) {
    const shared = 2 * sharedEnds(name, other) - Math.abs(name.length - other.length);
    if (shared > most || best === "") {
      best = other;
      most = shared;
    }
  }
  return best;
}

/** How many letters two names share at their beginning and, beyond that, at their end. */
function sharedEnds(name: string, other: string): number {
  const length = Math.min(name.length, other.length);
  let start = 0;
  while (start < length && name[start] === other[start]) start++;
  let end = 0;
  while (start + end < length && endsAlike(name, other, end)) end++;
  return start + end;
}

function endsAlike(name: string, other: string, end: number): boolean {
  return name.charCodeAt(name.length - 1 - end) === other.charCodeAt(other.length - 1 - end);
}

function sortLetters(name: string): string {
  return Array.from(name).sort().join("");
}

/** Letters typed in the wrong order, which counts as two changes otherwise. */
function sameLetters(name: string, other: string): boolean {
  return sortLetters(name) === sortLetters(other);
}

/** Help for a name that is none of the known ones: the nearest, or all of them. */
export function suggestName(name: string, known: Iterable<string>, kind: string): string {
  const names = [...known];
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `Did you mean ${quoted(nearest)}?`;
  if (names.length === 0) return `There is no ${kind} at all: remove this one, or declare it.`;
  const listed = (names.length > many ? names : names.sort()).slice(0, 20).join(", ");
  return `The ${kind}${names.length === 1 ? " is" : "s are"}: ${listed}${names.length > 20 ? ", …" : ""}.`;
}
