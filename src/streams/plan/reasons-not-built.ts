import type { Plan } from "./plan.ts";

/** Why streams are not built, each reason once. */
export function reasonsNotBuilt({ notBuilt }: Pick<Plan, "notBuilt">): {
  readonly why: string;
  readonly streams: readonly string[];
}[] {
  const reasons = new Map<string, string[]>();
  for (const { stream, why } of notBuilt) {
    const streams = reasons.get(why);
    if (streams === undefined) reasons.set(why, [stream]);
    else streams.push(stream);
  }
  return [...reasons].map(([why, streams]) => ({ why, streams }));
}
