import { createHmac } from "node:crypto";
import * as z from "zod";
import type { MetRequest } from "../../support/start-http-proxy.ts";

const payloadSchema = z.looseObject({ run: z.looseObject({ id: z.string(), name: z.string() }) });

/** The run that a request to the EventListener asks for. */
export function runOf({ body }: Pick<MetRequest, "body">): { id: string; name: string } {
  return payloadSchema.parse(JSON.parse(body)).run;
}

/** The request's body with another name for the run. */
export function renamed({ body }: Pick<MetRequest, "body">, name: string): string {
  const payload = payloadSchema.parse(JSON.parse(body));
  return JSON.stringify({ ...payload, run: { ...payload.run, name } });
}

/** A signature as GitHub makes it. */
export function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Sends a request to the EventListener again, with other words or another signature (none: "") where these are given. */
export function postAgain(
  url: string,
  request: MetRequest,
  { body = request.body, signature }: { readonly body?: string; readonly signature?: string } = {},
): Promise<Response> {
  const kept = Object.entries(request.headers).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" && /^(content-type|x-)/.test(entry[0]),
  );
  const headers = new Headers(kept);
  if (signature === "") headers.delete("x-hub-signature-256");
  else if (signature !== undefined) headers.set("x-hub-signature-256", signature);
  return fetch(url, { method: "POST", headers, body });
}
