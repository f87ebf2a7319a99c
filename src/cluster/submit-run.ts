import { createHmac } from "node:crypto";
import { z } from "zod";
import { failed, ok, type ProblemKind, type Result } from "../problem.ts";
import type { RunPayload } from "./types.ts";

export interface Listener {
  /** Name of the cluster, for messages. */
  readonly cluster: string;
  readonly url: URL;
  readonly secret: string;
  readonly timeoutMs: number;
}

const acceptedSchema = z.object({ eventID: z.string().min(1) });
const refusedSchema = z.object({ errorMessage: z.string() });

/**
 * POSTs the payload once, signed as Tekton's github interceptor checks it, and gives the event's id. A 202 says that
 * it arrived, not that a trigger took it. `unavailable`: whether it arrived is unknown.
 * https://tekton.dev/docs/triggers/eventlisteners/
 */
export async function submitRun(
  listener: Listener,
  payload: RunPayload,
): Promise<Result<{ readonly eventId: string }>> {
  const body = JSON.stringify(payload);
  let status: number;
  let answer: string;
  try {
    const response = await fetch(listener.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "okd-streams",
        "x-hub-signature-256": sign(body, listener.secret),
      },
      body,
      // Nobody else is told what we ask for.
      redirect: "error",
      signal: AbortSignal.timeout(listener.timeoutMs),
    });
    status = response.status;
    answer = await response.text();
  } catch (error) {
    return problem(listener, "unavailable", `did not answer: ${reasonOf(error)}.`);
  }
  if (status === 202) return readAccepted(listener, answer);
  const said = `answered ${status}${errorMessage(answer)}.`;
  return problem(listener, kindOf(status), said);
}

function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function readAccepted(listener: Listener, answer: string): Result<{ readonly eventId: string }> {
  const accepted = acceptedSchema.safeParse(parseJson(answer));
  if (accepted.success) return ok({ eventId: accepted.data.eventID });
  return problem(listener, "unavailable", "answered 202 without the id of the event.");
}

function kindOf(status: number): ProblemKind {
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "unavailable";
  return status === 401 || status === 403 ? "refused" : "invalid";
}

function errorMessage(answer: string): string {
  const refused = refusedSchema.safeParse(parseJson(answer));
  return refused.success ? `: ${refused.data.errorMessage}` : "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason in the cause: "fetch failed" alone helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function problem<T>(listener: Listener, kind: ProblemKind, said: string): Result<T> {
  const next =
    kind === "unavailable"
      ? "It is looked for on the cluster before anything is sent again."
      : "Check the listener's address, its secret and its triggers.";
  return failed({
    kind,
    where: `cluster ${listener.cluster}`,
    what: `Its EventListener ${said}`,
    next,
  });
}
