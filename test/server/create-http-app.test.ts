import { beforeEach, describe, expect, test } from "@jest/globals";
import { sign } from "@octokit/webhooks-methods";
import { Hono } from "hono";
import { createHttpApp } from "../../src/server/create-http-app.ts";
import type { ReceivedDelivery } from "../../src/server/receive-webhook.ts";

const secret = "the-webhook-secret-of-the-bot";
const webhookPath = "/api/github/webhooks";
const body = JSON.stringify({ action: "opened", repository: { id: 7 }, issue: { number: 3 } });

let stored: ReceivedDelivery[];
let hints: string[];
let errors: string[];
let broken: boolean;

beforeEach(() => {
  stored = [];
  hints = [];
  errors = [];
  broken = false;
});

function fail(): Promise<never> {
  return Promise.reject(new Error(`the disk is full, and the secret is ${secret}`));
}

const pages = new Hono();
pages.get("/", (context) => context.text("home"));

const app = createHttpApp({
  webhookPath,
  webhookSecrets: [secret],
  store: (delivery) => (broken ? fail() : Promise.resolve(void stored.push(delivery))),
  hint: (_headers, text) => (broken ? fail() : Promise.resolve(void hints.push(text))),
  pages,
  log: { error: (_data, message) => void errors.push(message) },
});

async function post(text: string, change: Readonly<Record<string, string>> = {}) {
  return app.request(webhookPath, {
    method: "POST",
    body: text,
    headers: {
      "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "x-github-event": "issue_comment",
      "x-hub-signature-256": await sign(secret, text === "" ? " " : text),
      ...change,
    },
  });
}

describe("the webhook endpoint", () => {
  test("stores what is signed and then answers", async () => {
    expect((await post(body)).status).toBe(202);
    expect(stored).toMatchObject([{ event: "issue_comment", payload: body, group: "7#3" }]);
  });

  test.each([
    ["another signature", body, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, 401],
    ["an old signature", body, { "x-hub-signature-256": "sha1=0000" }, 400],
    ["an empty body", "", {}, 401],
    ["a body that is no JSON", "payload=%7B%7D", {}, 400],
  ])("stores nothing of a delivery with %s", async (_what, text, headers, status) => {
    expect((await post(text, headers)).status).toBe(status);
    expect(stored).toEqual([]);
  });

  test("takes no larger body than GitHub sends, and says so without being asked again", async () => {
    const answer = await app.request(webhookPath, {
      method: "POST",
      body: "x",
      headers: { "content-length": String(25 * 1024 * 1024 + 1) },
    });
    expect(answer.status).toBe(413);
    expect(errors).toEqual([]);
  });

  test("counts the bytes of a body that does not tell its length", async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(chunk);
        if (sent > 60) controller.close();
      },
    });
    const request = new Request(`http://bot.test${webhookPath}`, {
      method: "POST",
      body: endless,
      headers: { "transfer-encoding": "chunked" },
      duplex: "half",
    });
    expect((await app.fetch(request)).status).toBe(413);
    expect(sent).toBeLessThan(40);
    expect(stored).toEqual([]);
  });

  test("answers 503 where the delivery could not be stored, without telling why", async () => {
    broken = true;
    const answer = await post(body);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("disk");
    expect(errors).toEqual(["a request failed"]);
  });

  test("knows no other method", async () => {
    expect((await app.request(webhookPath)).status).toBe(404);
  });
});

describe("the CloudEvents endpoint", () => {
  const send = (text: string) => app.request("/api/cloudevents", { method: "POST", body: text });

  test("takes a hint", async () => {
    expect((await send("{}")).status).toBe(202);
    expect(hints).toEqual(["{}"]);
  });

  test("answers 503 on a failure, which alone makes Tekton send the event again", async () => {
    broken = true;
    expect((await send("{}")).status).toBe(503);
  });

  test("takes no large body", async () => {
    expect((await send("x".repeat(1024 * 1024 + 1))).status).toBe(413);
    expect(hints).toEqual([]);
  });
});

test("the pages are served beside them", async () => {
  expect(await (await app.request("/")).text()).toBe("home");
});
