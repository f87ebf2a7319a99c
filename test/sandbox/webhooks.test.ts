import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, here, openPull, secret, startBench } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
  await bench.sandbox.settled();
});
afterEach(async () => {
  await bench.close();
});

describe("a webhook", () => {
  test("is signed over its body with the App's secret", () => {
    const [first] = bench.hooks.received;
    const expected = createHmac("sha256", secret)
      .update(first?.body ?? "")
      .digest("hex");
    expect(first?.signature).toBe(`sha256=${expected}`);
    expect(first?.guid).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("names the installation", () => {
    for (const { payload } of bench.hooks.received.filter(({ event }) => event !== "installation"))
      expect(payload["installation"]).toMatchObject({ id: bench.sandbox.app.installationId });
  });

  test("can be doubled under its own GUID", async () => {
    const opened = bench.sandbox.deliveries().find((each) => each.action === "opened");
    await bench.sandbox.sendAgain(opened?.id ?? 0);
    const same = bench.hooks.received.filter(({ guid }) => guid === opened?.guid);
    expect(same).toHaveLength(2);
    expect(same[0]?.body).toBe(same[1]?.body);
  });

  test("can be forged", async () => {
    const [delivery] = bench.sandbox.deliveries();
    await bench.sandbox.sendForged(delivery?.id ?? 0);
    const last = bench.hooks.received.at(-1);
    const right = createHmac("sha256", secret)
      .update(last?.body ?? "")
      .digest("hex");
    expect(last?.signature).not.toBe(`sha256=${right}`);
  });

  test("that failed is not sent again by itself, and is on demand, with its GUID", async () => {
    bench.hooks.status = 500;
    await bench.as("rea").rest.issues.createComment({ ...here, issue_number: 1, body: "hello" });
    await bench.sandbox.settled();
    const list = await bench.app.rest.apps.listWebhookDeliveries({ per_page: 1 });
    const [failed] = list.data;
    expect(failed).toMatchObject({ event: "issue_comment", status_code: 500, redelivery: false });
    expect(list.headers.link).toContain('rel="next"');
    const before = bench.hooks.received.length;
    bench.hooks.status = 202;
    await bench.app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    await bench.sandbox.settled();
    expect(bench.hooks.received).toHaveLength(before + 1);
    expect(bench.hooks.received.at(-1)?.guid).toBe(failed?.guid);
    const detail = await bench.app.rest.apps.getWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    expect(detail.data.request.payload).toMatchObject({ action: "created" });
  });

  test("to a receiver that is gone is kept as failed", async () => {
    bench.sandbox.setWebhookUrl("http://127.0.0.1:1/");
    await bench.as("rea").rest.issues.createComment({ ...here, issue_number: 1, body: "hello" });
    await bench.sandbox.settled();
    expect(bench.sandbox.deliveries().at(-1)).toMatchObject({ statusCode: 502 });
  });
});
