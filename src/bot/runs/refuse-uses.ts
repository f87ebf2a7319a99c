import type { Problem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import type { FixedByOperator } from "./breach-of-run.ts";

/**
 * Why the operator does not let a run use its pipeline, a secret or its params; undefined where everything is allowed. Only what
 * was not asked for yet can still be refused.
 */
export function refuseUses(
  bot: Pick<Bot, "elsewhere">,
  {
    secrets,
    client,
    params,
  }: Pick<OfferedCluster & FixedByOperator, "secrets" | "client" | "params">,
  { kind, state, request }: Pick<Run, "kind" | "state" | "request">,
): Problem | undefined {
  if (state !== "requested") return undefined;
  const { pipelineRef, workspaces } = request;
  if ("git" in pipelineRef && !bot.elsewhere.allows(pipelineRef.git.url)) {
    return {
      kind: "refused",
      what: `Pipelines of ${pipelineRef.git.url} may not be used here.`,
      next: "The bot's operator adds it to `pipelineRepositories` in the server file; then write `/retry`.",
    };
  }
  // A trial's namespace has only what every pull request may read.
  if (kind === "trial") return refuseFormerParams(request.params, params);
  const refused = Object.values(workspaces).flatMap((from) =>
    "secret" in from && !secrets.includes(from.secret.secretName) ? [from.secret.secretName] : [],
  );
  if (refused.length === 0) return undefined;
  return {
    kind: "refused",
    what: `Streams may not use the secret \`${refused.join("`, `")}\` of cluster \`${client.name}\`.`,
    next: "The bot's operator adds it to that cluster's `secrets` in the server file; then write `/retry`.",
  };
}

/** A trial may have been asked for before the operator fixed its params anew. */
function refuseFormerParams(
  given: Run["request"]["params"],
  fixed: FixedByOperator["params"],
): Problem | undefined {
  const former = Object.entries(fixed).flatMap(([name, value]) =>
    given[name] === value ? [] : [name],
  );
  if (former.length === 0) return undefined;
  return {
    kind: "refused",
    what: `Trials are forced to set \`${former.join("`, `")}\` otherwise by now.`,
    next: "Ask for it anew with `/test`.",
  };
}
