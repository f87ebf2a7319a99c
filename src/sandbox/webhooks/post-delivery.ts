import { createHmac } from "node:crypto";
import { timestamp, type World } from "../world.ts";
import type { Delivery } from "../types.ts";

const githubTimeoutMs = 10_000;

/** POSTs a delivery once and keeps how it went; never throws: a lost webhook is part of life. */
export async function postDelivery(
  world: World,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  const body = JSON.stringify(delivery.payload);
  delivery.requestHeaders = headersOf(world, delivery, sign(world.options.app.webhookSecret, body));
  delivery.deliveredAt = timestamp();
  const started = performance.now();
  const timeout = AbortSignal.timeout(world.options.webhookTimeoutMs ?? githubTimeoutMs);
  try {
    const response = await post(world, delivery.requestHeaders, body, [signal, timeout]);
    delivery.responseBody = await response.text();
    delivery.statusCode = response.status;
    delivery.status = response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`;
  } catch {
    delivery.statusCode = timeout.aborted ? 504 : 502;
    delivery.status = timeout.aborted ? "timed out" : "failed to connect to host";
  }
  delivery.duration = Math.round(performance.now() - started) / 1000;
}

/** POSTs a delivery signed with a secret that is not the App's; gives the status of the answer. */
export async function postForged(world: World, delivery: Delivery): Promise<number> {
  const body = JSON.stringify(delivery.payload);
  const headers = headersOf(world, delivery, sign("not the secret of the App", body));
  const response = await post(world, headers, body, []);
  return response.status;
}

async function post(
  world: World,
  headers: Record<string, string>,
  body: string,
  signals: readonly AbortSignal[],
): Promise<Response> {
  if (world.webhookUrl === undefined) throw new Error("The App has no webhook URL.");
  return fetch(world.webhookUrl, {
    method: "POST",
    headers,
    body,
    redirect: "manual",
    signal: AbortSignal.any([...signals]),
  });
}

function headersOf(world: World, delivery: Delivery, signature: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/sandbox",
    "x-github-delivery": delivery.guid,
    "x-github-event": delivery.event,
    "x-github-hook-id": world.options.app.id.toString(),
    "x-github-hook-installation-target-id": world.options.app.id.toString(),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature-256": signature,
  };
}

function sign(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
