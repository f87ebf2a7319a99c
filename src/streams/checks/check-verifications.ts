import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";

/** Verifications of a stream whose name another has before them. */
export function checkVerifications({ source, value }: Sourced<Stream>): Mistake[] {
  const names = (value.spec.verify ?? []).map(({ name }) => name);
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return [];
    return [
      mistakeAt(source, "verification-duplicate", ["spec", "verify", index, "name"], "value", {
        message: `There is another verification ${quoted(name)} before this one.`,
        help: "Rename or remove one of the two.",
      }),
    ];
  });
}
