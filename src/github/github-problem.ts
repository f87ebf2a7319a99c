import * as z from "zod";
import { ProblemError, type Problem, type ProblemKind } from "../problem.ts";

const requestErrorSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.optional(
    z.object({
      headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])),
      data: z.unknown(),
    }),
  ),
});

type RequestError = z.output<typeof requestErrorSchema>;

const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: "invalid",
  401: "refused",
  403: "refused",
  404: "not-found",
  405: "refused",
  409: "conflict",
  410: "not-found",
  422: "invalid",
  451: "refused",
};

const nextOfKind: Readonly<Record<ProblemKind, string | undefined>> = {
  invalid: undefined,
  "not-found": "Check that it exists and that the App is installed on the repository.",
  refused: "Check the App's permissions and the repository's rules.",
  conflict: "Look again and decide again.",
  unavailable: "It is tried again.",
  unsupported: undefined,
};

/**
 * What went wrong in a call to GitHub, by what can be done about it. `where` names the call.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function githubProblem(error: unknown, where: string, now: Date): ProblemError {
  if (error instanceof ProblemError) return error;
  const parsed = requestErrorSchema.safeParse(error);
  const problem = parsed.success
    ? problemOfRequest(parsed.data, where, now)
    : unanswered(error, where);
  return new ProblemError(problem, { cause: error });
}

function problemOfRequest(error: RequestError, where: string, now: Date): Problem {
  const limited = isRateLimit(error);
  const kind = limited ? "unavailable" : (kindOfStatus[error.status] ?? "unavailable");
  const next = nextOfKind[kind];
  const retryAfterSeconds = limited || kind === "unavailable" ? readWait(error, now) : undefined;
  return {
    kind,
    where,
    what: limited
      ? "GitHub's rate limit is used up."
      : `GitHub answered ${error.status}: ${error.message}`,
    ...(next === undefined ? {} : { next }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function unanswered(error: unknown, where: string): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: "unavailable",
    where,
    what: `GitHub did not answer: ${reason}`,
    next: "It is tried again.",
  };
}

/** Primary and secondary limits come as 403 or 429. */
function isRateLimit(error: RequestError): boolean {
  if (error.status === 429) return true;
  if (error.status !== 403) return false;
  const headers = error.response?.headers ?? {};
  if (headers["retry-after"] !== undefined) return true;
  if (String(headers["x-ratelimit-remaining"]) === "0") return true;
  return /secondary rate limit/i.test(error.message);
}

function readWait(error: RequestError, now: Date): number | undefined {
  const headers = error.response?.headers ?? {};
  const after = Number(headers["retry-after"]);
  if (Number.isFinite(after) && after >= 0) return after;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (String(headers["x-ratelimit-remaining"]) !== "0" || !Number.isFinite(reset)) return undefined;
  return Math.max(1, Math.ceil(reset - now.getTime() / 1000));
}
