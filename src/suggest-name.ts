import { closest, distance } from "fastest-levenshtein";
import { quoted } from "./quoted.ts";

/** The name that was most likely meant, or undefined where none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0 || name.length > 100) return undefined;
  const nearest = closest(name, names);
  const allowed = Math.max(1, Math.floor(Math.max(name.length, nearest.length) / 3));
  const near = distance(name, nearest) <= allowed || sameLetters(name, nearest);
  return near ? nearest : undefined;
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
  const names = [...known].sort();
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `Did you mean ${quoted(nearest)}?`;
  if (names.length === 0) return `There is no ${kind} at all: remove this one, or declare it.`;
  const listed = names.slice(0, 20).join(", ");
  return `The ${kind}${names.length === 1 ? " is" : "s are"}: ${listed}${names.length > 20 ? ", …" : ""}.`;
}
