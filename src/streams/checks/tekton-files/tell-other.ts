import { quoted } from "../../../quoted.ts";

interface Placed {
  readonly path: string;
  readonly name: string | undefined;
}

/** One of those that share a mistake with `self`, and how many more there are. */
export function tellOther<T>(
  group: readonly T[],
  self: T | undefined,
  placeOf: (item: T) => Placed,
): string {
  const other = group[0] === self ? group[1] : group[0];
  if (other === undefined) return "another";
  const { path, name } = placeOf(other);
  const told = name === undefined ? path : `${quoted(name)} (${path})`;
  const more = group.length - 2;
  return more > 0 ? `${told} and ${more} more` : told;
}
