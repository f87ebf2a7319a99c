import { describe, expect, test } from "@jest/globals";
import { sign } from "@octokit/webhooks-methods";
import fc from "fast-check";
import { receiveWebhook } from "../../src/server/receive-webhook.ts";

const secrets = ["the-current-secret", "the-previous-secret"] as const;
const body = JSON.stringify({
  action: "opened",
  repository: { id: 7 },
  pull_request: { number: 3 },
});

async function headersFor(secret: string, text: string): Promise<Record<string, string>> {
  return {
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-github-event": "pull_request",
    "x-hub-signature-256": await sign(secret, text),
  };
}

describe("receiveWebhook", () => {
  test("takes a signed delivery and groups it by pull request", async () => {
    const answer = await receiveWebhook(await headersFor(secrets[0], body), body, [...secrets]);
    expect(answer).toEqual({
      status: 202,
      delivery: {
        id: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        event: "pull_request",
        payload: body,
        group: "7#3",
      },
    });
  });

  test("still takes the previous secret while it is being rotated", async () => {
    const answer = await receiveWebhook(await headersFor(secrets[1], body), body, [...secrets]);
    expect(answer.status).toBe(202);
  });

  test.each([
    ["another secret", "some-other-secret", body],
    ["a body changed after signing", secrets[0], body.replace("opened", "closed")],
  ])("refuses %s", async (_case, secret, sent) => {
    const answer = await receiveWebhook(await headersFor(secret, body), sent, [secrets[0]]);
    expect(answer.status).toBe(401);
  });

  test.each(["x-github-delivery", "x-github-event", "x-hub-signature-256"])(
    "refuses a delivery without %s",
    async (name) => {
      const headers = await headersFor(secrets[0], body);
      const rest = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
      expect((await receiveWebhook(rest, body, [secrets[0]])).status).toBe(400);
    },
  );

  test.each(["{", "[]", '"text"', '{"repository":{"id":"seven"}}'])(
    "refuses the signed non-event %s",
    async (text) => {
      const answer = await receiveWebhook(await headersFor(secrets[0], text), text, [secrets[0]]);
      expect(answer.status).toBe(400);
    },
  );

  test("never throws, whatever arrives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.dictionary(fc.string(), fc.string()),
        async (text, headers) => {
          const answer = await receiveWebhook(headers, text, [secrets[0]]);
          expect([400, 401]).toContain(answer.status);
        },
      ),
    );
  });
});
