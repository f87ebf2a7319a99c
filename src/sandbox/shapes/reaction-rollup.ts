import type { Reaction } from "../types.ts";

/** How many reactions of each kind something has. */
export function reactionRollup(url: string, reactions: readonly Reaction[]) {
  const count = (content: Reaction["content"]): number =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    confused: count("confused"),
    heart: count("heart"),
    hooray: count("hooray"),
    eyes: count("eyes"),
    rocket: count("rocket"),
  };
}
