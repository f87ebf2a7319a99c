import { ApiException } from "@kubernetes/client-node";
import * as z from "zod";
import { ProblemError, type Problem, type ProblemKind } from "../problem.ts";

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
const statusSchema = z.object({ message: z.string() });

/** What went wrong in a call to a cluster's API server, by what can be done about it. */
export function kubernetesProblem(cluster: string, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const where = `cluster ${cluster}`;
  if (!(error instanceof ApiException)) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: "unavailable",
      where,
      what: `Kubernetes did not answer: ${reason}.`,
      next: "It is tried again.",
    };
  }
  const kind = kindOf(error.code);
  return {
    kind,
    where,
    what: `Kubernetes answered ${error.code}${messageOf(error.body)}.`,
    ...(kind === "unavailable" ? { next: "It is tried again." } : {}),
    ...(kind === "refused" ? { next: "Check the token and the role of the bot there." } : {}),
  };
}

/** Whether the API server says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404;
}

function kindOf(code: number): ProblemKind {
  if (code === 401 || code === 403) return "refused";
  if (code === 404 || code === 410) return "not-found";
  if (code === 409) return "conflict";
  return code === 429 || code >= 500 ? "unavailable" : "invalid";
}

/** The client gives bodies of errors as it finds them: parsed or as text. */
function messageOf(body: unknown): string {
  const parsed = statusSchema.safeParse(typeof body === "string" ? parseJson(body) : body);
  return parsed.success ? `: ${parsed.data.message}` : "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
