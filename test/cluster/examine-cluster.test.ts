import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { examineCluster } from "../../src/cluster/examine-cluster.ts";

const api = "http://kubernetes.test:6443";
const listener = "http://listener.test:8080";
const kubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "c",
  contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
  clusters: [{ name: "c", cluster: { server: api, "insecure-skip-tls-verify": true } }],
  users: [{ name: "u", user: { token: "t" } }],
});
const examine = (address = listener) =>
  examineCluster({
    name: "moc",
    listener: new URL(address),
    namespace: "builds",
    kubernetes: { kubeconfig },
    timeoutMs: 10_000,
  });
const reviews = (answer: (asked: string) => object, status = 201) =>
  nock(api)
    .post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
    .times(11)
    .reply(status, (_uri, body) => answer(JSON.stringify(body)));
const wrong = async () =>
  (await examine()).filter(({ result }) => !result.ok).map(({ what }) => what);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

describe("a cluster that is examined", () => {
  test("is well where its listener answers and everything that the bot does is permitted", async () => {
    nock(listener).get("/live").reply(200);
    const asked: string[] = [];
    reviews((body) => {
      asked.push(body);
      return { status: { allowed: true } };
    });
    expect(await wrong()).toEqual([]);
    const elsewhere = asked.filter((body) => !body.includes('"namespace":"builds"'));
    expect(elsewhere).toEqual([expect.stringContaining('"resource":"nodes"')]);
    expect(asked.filter((body) => body.includes('"subresource":"log"'))).toHaveLength(1);
  });

  test.each(["/el/moc", "/el/moc/"])("is asked under the path %s of its listener", async (path) => {
    nock("https://ingress.test").get("/el/moc/live").query({ key: "k" }).reply(200);
    reviews(() => ({ status: { allowed: true } }));
    const checks = await examine(`https://ingress.test${path}?key=k`);
    expect(checks[0]).toMatchObject({ what: "the EventListener answers", result: { ok: true } });
  });

  test("names each right that is missing", async () => {
    nock(listener).get("/live").reply(200);
    reviews((body) => ({ status: { allowed: !/"verb":"(watch|patch)"/.test(body) } }));
    expect(await wrong()).toEqual([
      "may watch pipelineruns in builds",
      "may patch pipelineruns in builds",
    ]);
  });

  test("tells what is not permitted and what builds work without", async () => {
    nock(listener).get("/live").reply(200);
    reviews((body) => ({ status: { allowed: !/"(nodes|triggerbindings)"/.test(body) } }));
    const refused = (await examine()).filter(({ result }) => !result.ok);
    expect(refused).toMatchObject([
      { what: "may list triggers in builds", isOptional: true },
      {
        what: "may list nodes",
        isOptional: true,
        result: { problem: { next: expect.stringContaining("apply deploy/node-access") } },
      },
    ]);
  });

  test("names a listener that is away, and an API server that refuses the token", async () => {
    nock(listener).get("/live").reply(503);
    reviews(() => ({ kind: "Status", message: "Unauthorized" }), 401);
    const checks = await examine();
    expect(checks[0]).toMatchObject({
      what: "the EventListener answers",
      result: { ok: false, problem: { what: "It answers 503." } },
    });
    expect(checks.slice(1).every(({ result }) => !result.ok)).toBe(true);
  });
});
