import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { evaluateCel } from "./evaluate-cel.ts";
import { keyText } from "./key-text.ts";
import type { TriggerEvent } from "./render-trigger.ts";
import type { Interceptor } from "./trigger-schemas.ts";
import type { KeyedData } from "./types.ts";

export interface InterceptedEvent extends TriggerEvent {
  readonly rawBody: Uint8Array;
}

const githubParams = z.strictObject({
  secretRef: z.strictObject({ secretName: z.string(), secretKey: z.string() }).optional(),
  eventTypes: z.array(z.string()).optional(),
});
const celParams = z.strictObject({
  filter: z.string().optional(),
  overlays: z.array(z.strictObject({ key: z.string(), expression: z.string() })).default([]),
});

const functions = {
  "string.truncate(int): string": (text: string, length: bigint) => text.slice(0, Number(length)),
};

function refused(what: string): Result<never> {
  return failed({ kind: "refused", what });
}

function signatureMatches(secret: string, body: Uint8Array, header: string | undefined): boolean {
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  const given = Buffer.from(header ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function github(
  params: unknown,
  event: InterceptedEvent,
  secrets: KeyedData,
): Result<InterceptedEvent> {
  const { secretRef, eventTypes } = githubParams.parse(params);
  if (event.header["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    return refused("form-encoded bodies are not taken; send application/json");
  }
  if (secretRef !== undefined) {
    const secret = keyText(secrets[secretRef.secretName], secretRef.secretKey);
    // An empty secret would let everybody in who signs with nothing.
    if (secret === undefined || secret === "") return refused("the webhook's secret is not there");
    if (!signatureMatches(secret, event.rawBody, event.header["x-hub-signature-256"])) {
      return refused("the signature in X-Hub-Signature-256 is not that of the body");
    }
  }
  const eventType = event.header["x-github-event"] ?? "";
  if (eventTypes !== undefined && !eventTypes.includes(eventType)) {
    return refused(`event type ${JSON.stringify(eventType)} is not one of the trigger's`);
  }
  return ok(event);
}

async function celInterceptor(
  params: unknown,
  event: InterceptedEvent,
): Promise<Result<InterceptedEvent>> {
  const { filter, overlays } = celParams.parse(params);
  const { body, header, extensions } = event;
  const surroundings = { variables: { body, header, extensions }, functions };
  if (filter !== undefined) {
    const holds = await evaluateCel(filter, surroundings);
    if (!holds.ok) return refused(holds.problem.what);
    if (holds.value !== true) return refused(`the filter ${filter} does not hold`);
  }
  const added: [string, unknown][] = [];
  for (const { key, expression } of overlays) {
    const found = await evaluateCel(expression, surroundings);
    if (!found.ok) return refused(found.problem.what);
    added.push([key, found.value]);
  }
  return ok({ ...event, extensions: { ...extensions, ...Object.fromEntries(added) } });
}

/**
 * The event as it leaves a trigger's interceptors, or why it does not: github (signature, compared in constant time)
 * and cel (filter, overlays into extensions). https://tekton.dev/docs/triggers/interceptors/
 */
export async function intercept(
  interceptors: readonly Interceptor[],
  event: InterceptedEvent,
  secrets: KeyedData,
): Promise<Result<InterceptedEvent>> {
  let current = event;
  for (const { ref, params } of interceptors) {
    const given = Object.fromEntries(params.map(({ name, value }) => [name, value]));
    const next =
      ref.name === "github"
        ? github(given, current, secrets)
        : await celInterceptor(given, current);
    if (!next.ok) return failed({ ...next.problem, where: `interceptor ${ref.name}` });
    current = next.value;
  }
  return ok(current);
}

/** Reads the params of an interceptor without carrying it out. Throws where they are wrong. */
export function checkInterceptor({ ref, params }: Interceptor): void {
  const given = Object.fromEntries(params.map(({ name, value }) => [name, value]));
  (ref.name === "github" ? githubParams : celParams).parse(given);
}
