import { Environment } from "@marcbachmann/cel-js";
import * as z from "zod";
import type { TriggerSpec } from "./trigger-schemas.ts";

/** A request to an EventListener, as interceptors see it. */
export interface TriggerRequest {
  readonly body: unknown;
  /** The header X-GitHub-Event. */
  readonly event: string;
}

type Verdict = "yes" | "no" | "unknown";
type Interceptor = NonNullable<TriggerSpec["interceptors"]>[number];

const paramsOf = {
  github: z.object({ eventTypes: z.array(z.string()).exactOptional() }),
  cel: z.object({ filter: z.string().exactOptional() }),
};

const cel = new Environment({ unlistedVariablesAreDyn: true });
/** Anybody may propose a trigger: what could run for long is not evaluated. */
const longestFilter = 500;
const loops = /\b(?:matches|all|exists|exists_one|map|filter|bind)(?:\s|\/\/[^\n]*\n)*\(/;

/**
 * Whether the interceptors of a trigger take a request that is signed rightly; "unknown" where that depends on what only a
 * cluster can say, or on functions of CEL that are not known here.
 * https://tekton.dev/docs/triggers/interceptors/
 */
export function letsThrough({ interceptors = [] }: TriggerSpec, request: TriggerRequest): Verdict {
  const verdicts = interceptors.map((interceptor) => verdictOf(interceptor, request));
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("unknown") ? "unknown" : "yes";
}

function verdictOf({ ref, params = [] }: Interceptor, { body, event }: TriggerRequest): Verdict {
  const given = Object.fromEntries(params.map(({ name, value }) => [name, value]));
  if (ref?.name === "github") {
    const read = paramsOf.github.safeParse(given);
    if (!read.success) return "unknown";
    return read.data.eventTypes?.includes(event) === false ? "no" : "yes";
  }
  if (ref?.name !== "cel") return "unknown";
  const read = paramsOf.cel.safeParse(given);
  return read.success ? holds(read.data.filter, body) : "unknown";
}

function holds(filter: string | undefined, body: unknown): Verdict {
  if (filter === undefined) return "yes";
  if (filter.length > longestFilter || loops.test(filter)) return "unknown";
  try {
    return cel.evaluate(filter, { body }) === true ? "yes" : "no";
  } catch (error) {
    // In Tekton too a filter does not hold that reads what the body does not have.
    return isMissingKey(error) ? "no" : "unknown";
  }
}

const missingKey = z.object({ code: z.literal("no_such_key") });

function isMissingKey(error: unknown): boolean {
  return missingKey.safeParse(error).success;
}
