import { createHmac } from "node:crypto";
import * as z from "zod";
import type { Problem, ProblemKind } from "../problem.ts";
import { reasonOfFetch } from "./reason-of-fetch.ts";
import type { RunPayload, Submission } from "./types.ts";

export interface Listener {
  /** Name of the cluster, for messages. */
  readonly cluster: string;
  readonly url: URL;
  /** Undefined for a listener that checks none. */
  readonly secret: string | undefined;
  readonly timeoutMs: number;
}

/** A listing selects by it, so it has to be what a label may hold. */
const acceptedSchema = z.object({
  eventID: z.string().regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/),
});
const refusedSchema = z.object({ errorMessage: z.string() });

/**
 * POSTs the payload once, signed as Tekton's github interceptor checks it, and gives the event's id. A 202 says that
 * it arrived, not that a trigger took it.
 * https://tekton.dev/docs/triggers/eventlisteners/
 */
export async function submitRun(listener: Listener, payload: RunPayload): Promise<Submission> {
  const body = JSON.stringify(payload);
  let status: number;
  let answer: string;
  try {
    const response = await fetch(listener.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "okd-streams",
        ...(listener.secret === undefined
          ? {}
          : { "x-hub-signature-256": sign(body, listener.secret) }),
      },
      body,
      // Nobody else is told what we ask for.
      redirect: "error",
      signal: AbortSignal.timeout(listener.timeoutMs),
    });
    status = response.status;
    answer = await response.text();
  } catch (error) {
    const outcome = neverArrived(error) ? "unsent" : "unknown";
    return unsure(listener, outcome, `did not answer: ${reasonOfFetch(error)}.`);
  }
  if (status === 202) return readAccepted(listener, answer);
  const said = `answered ${status}${errorMessage(answer)}.`;
  if (status === 425 || status === 429) return unsure(listener, "unsent", said);
  if (status === 408 || status >= 500) return unsure(listener, "unknown", said);
  const kind = status === 401 || status === 403 ? "refused" : "invalid";
  const next = "Check the listener's address, its secret and its triggers.";
  return { outcome: "refused", problem: problem(listener, kind, said, next) };
}

/** fetch says what happened in the cause of what it throws. */
const unconnectedSchema = z.object({
  cause: z.object({
    code: z.enum(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]),
  }),
});

/** Where there was no connection, nothing was sent. */
function neverArrived(error: unknown): boolean {
  return unconnectedSchema.safeParse(error).success;
}

function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function readAccepted(listener: Listener, answer: string): Submission {
  const accepted = acceptedSchema.safeParse(parseJson(answer));
  if (accepted.success) return { outcome: "taken", eventId: accepted.data.eventID };
  return unsure(listener, "unknown", "answered 202 without the id of the event.");
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

function unsure(listener: Listener, outcome: "unsent" | "unknown", said: string): Submission {
  const next = "It is looked for on the cluster before anything is sent again.";
  return { outcome, problem: problem(listener, "unavailable", said, next) };
}

function problem(listener: Listener, kind: ProblemKind, said: string, next: string): Problem {
  return { kind, where: `cluster ${listener.cluster}`, what: `Its EventListener ${said}`, next };
}
