import type { ObservedRun } from "../../cluster/types.ts";
import { quoted } from "../../quoted.ts";
import type { OfferedCluster } from "../bot.ts";

/** What the operator fixes for a run, whatever its request, its listener and its pipeline say. */
export interface FixedByOperator extends Pick<OfferedCluster, "serviceAccount"> {
  readonly params: Readonly<Record<string, string>>;
}

/**
 * How a PipelineRun differs from what the operator fixed for it, in words; undefined where it does not. A listener may
 * leave out what it was sent, and then the run must not go on.
 */
export function breachOfRun(
  { serviceAccount, params }: FixedByOperator,
  { asked }: Pick<ObservedRun, "asked">,
): string | undefined {
  const accounts = asked.serviceAccounts.filter(
    (name) => serviceAccount !== undefined && name !== serviceAccount,
  );
  const others = Object.entries(params).filter(([name, value]) => asked.params[name] !== value);
  const told = [
    ...accounts.map(
      (name) =>
        `runs as service account ${quoted(name)} and not as ${quoted(serviceAccount ?? "")}`,
    ),
    ...others.map(([name, value]) => {
      const has = asked.params[name];
      const instead = has === undefined ? "does not have it" : `has ${quoted(has)}`;
      return `was to have the parameter ${quoted(name)} as ${quoted(value)}, and ${instead}`;
    }),
  ];
  return told.length === 0 ? undefined : told.join("; ");
}
