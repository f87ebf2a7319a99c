import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { receiveWebhook, type ReceivedDelivery } from "./receive-webhook.ts";

export interface HttpAppOptions {
  readonly webhookPath: string;
  readonly webhookSecrets: readonly [string, ...string[]];
  /** Stores a delivery; resolves once it survives a crash. */
  readonly store: (delivery: ReceivedDelivery) => Promise<void>;
  /** Takes a CloudEvent as a hint to look at a run. */
  readonly hint: (headers: Headers, body: string) => Promise<void>;
  readonly pages: Hono;
  readonly log: { error(data: object, message: string): void };
}

/** GitHub cuts payloads at 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const maximumWebhookBytes = 25 * 1024 * 1024;
const maximumCloudEventBytes = 1024 * 1024;

/** The bot's HTTP surface: GitHub's webhooks, Tekton's CloudEvents, and the pages for people. */
export function createHttpApp(options: HttpAppOptions): Hono {
  const app = new Hono();
  app.post(options.webhookPath, bodyLimit({ maxSize: maximumWebhookBytes }), async (context) => {
    const body = await context.req.text();
    const answer = await receiveWebhook(context.req.header(), body, options.webhookSecrets);
    if (answer.status !== 202) return context.text(`${answer.message}\n`, answer.status);
    await options.store(answer.delivery);
    return context.text("stored\n", 202);
  });
  app.post("/api/cloudevents", bodyLimit({ maxSize: maximumCloudEventBytes }), async (context) => {
    await options.hint(context.req.raw.headers, await context.req.text());
    return context.body(null, 202);
  });
  app.route("/", options.pages);
  app.onError((error, context) => {
    // A refusal such as 413 is final: nobody is to send the same again.
    if (error instanceof HTTPException) return error.getResponse();
    options.log.error({ err: error, path: context.req.path }, "a request failed");
    // 503 makes Tekton send its event again; 500 would not.
    return context.text("The bot could not take this just now; try again.\n", 503);
  });
  return app;
}
