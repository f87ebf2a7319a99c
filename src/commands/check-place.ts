import { failed, ok, type Result } from "../problem.ts";
import { ruleOf } from "./grammar.ts";
import type { Verb } from "./types.ts";

/** Whether a command makes sense where it was written; only promotion pull requests can be approved, held or declined. */
export function checkPlace(verb: Verb, onPromotionPullRequest: boolean): Result<void> {
  if (ruleOf(verb).where === "any" || onPromotionPullRequest) return ok(undefined);
  return failed({
    kind: "refused",
    where: `/${verb}`,
    what: "This command works on promotion pull requests only.",
    next: "Write it on the pull request that `/promote` opened.",
  });
}
