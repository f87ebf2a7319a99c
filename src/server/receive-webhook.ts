import { verifyWithFallback } from "@octokit/webhooks-methods";
import * as z from "zod";

/** One webhook event whose signature holds. */
export interface ReceivedDelivery {
  /** GitHub's GUID; a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  /** The raw JSON text. */
  readonly payload: string;
  /** Deliveries of one group are worked on one at a time, oldest first. */
  readonly group: string;
}

export type WebhookAnswer =
  | { readonly status: 202; readonly delivery: ReceivedDelivery }
  | { readonly status: 400 | 401; readonly message: string };

const headersSchema = z.object({
  "x-github-delivery": z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  "x-github-event": z.string().regex(/^[a-z_]{1,64}$/),
  "x-hub-signature-256": z.string().regex(/^sha256=[0-9a-f]{64}$/),
});

const payloadSchema = z.object({
  repository: z.object({ id: z.number() }).optional(),
  pull_request: z.object({ number: z.number() }).optional(),
  issue: z.object({ number: z.number() }).optional(),
  installation: z.object({ id: z.number() }).optional(),
});

/**
 * Checks a delivery's signature over its raw body, in constant time, before anything of it is read. Each secret is
 * tried in turn, so that a secret can be rotated.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export async function receiveWebhook(
  headers: Readonly<Record<string, string>>,
  body: string,
  secrets: readonly [string, ...string[]],
): Promise<WebhookAnswer> {
  const parsedHeaders = headersSchema.safeParse(headers);
  if (!parsedHeaders.success)
    return {
      status: 400,
      message: "The delivery, event or SHA-256 signature header is missing or malformed.",
    };
  const { "x-hub-signature-256": signature, ...named } = parsedHeaders.data;
  const [current, ...previous] = secrets;
  if (body === "" || !(await isSigned(current, body, signature, previous)))
    return { status: 401, message: "The signature does not match the body." };
  return parseSigned(named["x-github-delivery"], named["x-github-event"], body);
}

async function isSigned(
  current: string,
  body: string,
  signature: string,
  previous: string[],
): Promise<boolean> {
  return z.boolean().parse(await verifyWithFallback(current, body, signature, previous));
}

function parseSigned(id: string, event: string, body: string): WebhookAnswer {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    return { status: 400, message: "The body is no JSON: set the webhook's content type to JSON." };
  }
  const parsed = payloadSchema.safeParse(data);
  if (!parsed.success) return { status: 400, message: "The body is no GitHub event." };
  return {
    status: 202,
    delivery: { id, event, payload: body, group: groupOf(event, parsed.data) },
  };
}

function groupOf(event: string, payload: z.infer<typeof payloadSchema>): string {
  const owner = payload.repository?.id ?? `installation-${payload.installation?.id ?? 0}`;
  const number = payload.pull_request?.number ?? payload.issue?.number;
  return number === undefined ? `${owner}/${event}` : `${owner}#${number}`;
}
