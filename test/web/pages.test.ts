import { afterEach, describe, expect, test } from "@jest/globals";
import { Hono } from "hono";
import { failed } from "../../src/problem.ts";
import { createPages } from "../../src/web/create-pages.ts";
import type { PagesOptions } from "../../src/web/site.ts";
import { commit, exampleSite, type Example, type ExampleOptions } from "./example-site.ts";

let example: Example | undefined;
afterEach(() => example?.store.close());

async function open(options: ExampleOptions = {}, change: Partial<PagesOptions> = {}) {
  example = await exampleSite(options);
  const pages = createPages({ ...example.options, ...change });
  const get = async (path: string) => {
    const response = await pages.request(path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { pages, get, runs: example.runs };
}

/** What a reader sees: no tags, one space between words. */
function words(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");
}

describe("the pages", () => {
  test("channels: what is in each, why, and what waits for which gate", async () => {
    const { get } = await open();
    const { status, text } = await get("/");
    expect(status).toBe(200);
    const seen = words(text);
    expect(seen).toContain("4.22.0-okd-scos.ec.3");
    expect(seen).toContain("approved by ada , bob");
    expect(seen).not.toContain("mallory");
    expect(seen).toContain("asked for by rita in #8");
    expect(seen).toContain("waits 4.22.0-okd-scos.ec.4 #12");
    expect(seen).toContain("1 of 2 approvals. bob has to approve.");
    expect(seen).not.toContain("Accepted since yesterday");
    expect(seen).toContain("4-scos-stable OKD 4 on SCOS, stable Holds no release yet.");
    expect(text).toContain('href="https://github.example/okd-project/streams/pull/12"');
  });

  test("streams: builds as squares, next build, newest release", async () => {
    const { get } = await open();
    const { text } = await get("/streams");
    expect(text.match(/class="square good"/g)).toHaveLength(4);
    expect(text.match(/class="square bad"/g)).toHaveLength(3);
    const seen = words(text);
    expect(seen).toContain("next build in 2 hours");
    expect(seen).toContain("Accepted 4.22.0-0.okd-scos-2026-11-20-070000");
    expect(seen).toMatch(/openstack experimental paused/);
  });

  test("a stream: its file, its builds and why, its releases", async () => {
    const { get } = await open();
    const { text } = await get("/streams/edge");
    const seen = words(text);
    expect(seen).toContain("failed run a comment of rita");
    expect(seen).toContain("feeds 4-scos-next");
    expect(text).toContain(
      "https://github.example/okd-project/streams/blob/main/streams/edge.yaml",
    );
  });

  test("a channel: its rules and its ledger", async () => {
    const { get } = await open();
    const seen = words((await get("/channels/4-scos-next")).text);
    expect(seen).toContain("approvals 2 of ada, bob, carol");
    expect(seen).toContain("VERSION-okd-scos.ec.N");
    expect(seen).toMatch(
      /published 4\.22\.0-okd-scos\.ec\.3 .* 4\.22\.0-okd-scos\.ec\.2 .*ada , bob 0123456789/,
    );
  });

  test("a release: phase, image, verifications, channels, how to pull", async () => {
    const { get } = await open();
    const seen = words((await get("/releases/4.22.0-0.okd-scos-2026-11-20-070000")).text);
    expect(seen).toContain("Accepted install succeeded");
    expect(seen).toMatch(/podman pull okd\/edge@sha256:abab/);
    expect(seen).toContain("open 4-scos-next 4.22.0-okd-scos.ec.4 rita #12");
    const held = words((await get("/releases/4.22.0-0.okd-scos-2026-11-18-101010")).text);
    expect(held).toContain("in channels 4-scos-next 4.22.0-okd-scos.ec.3");
  });

  test("a run that succeeded: cause, tasks, results, graph", async () => {
    const { get, runs } = await open();
    const { text } = await get(`/runs/${runs.good}`);
    const seen = words(text);
    expect(seen).toContain(`because of the merge of ${commit.slice(0, 10)}`);
    expect(seen).toContain("gave 4.22.0-0.okd-scos-2026-11-20-070000");
    expect(text.match(/<g class="box good/g)).toHaveLength(6);
    expect(text).toContain(`href="/runs/${runs.good}/logs/build-base/main"`);
    expect(text).not.toContain('http-equiv="refresh"');
  });

  test("a run that failed: the step, its exit code, the log's end without secrets", async () => {
    const { get, runs } = await open();
    const { text } = await get(`/runs/${runs.bad}`);
    expect(words(text)).toContain("step main ended with exit code 3");
    expect(text).toContain("error: layer 3 is missing");
    expect(text).not.toContain("hunter2");
  });

  test("a run under way loads itself again", async () => {
    const { get, runs } = await open();
    const { text } = await get(`/runs/${runs.busy}`);
    expect(text).toContain('http-equiv="refresh"');
    expect(words(text)).toContain("the schedule, due at 2026-11-20T11:59:00.000Z");
  });

  test("a step's log comes from the cluster, without secrets", async () => {
    const { get, runs } = await open();
    const { text } = await get(`/runs/${runs.good}/logs/build-base/main`);
    expect(text).toContain("edge-build-base-pod step-main 2000\nThe token is ***");
    expect(text).not.toContain("hunter2");
  });

  test("a cluster that does not answer is said so", async () => {
    const { options, store } = await exampleSite();
    await store.close();
    const cluster = options.clusters.get("laptop")!;
    const problem = { kind: "unavailable" as const, what: "The cluster does not answer." };
    const clusters = new Map([
      ["laptop", { ...cluster, readLog: () => Promise.resolve(failed(problem)) }],
    ]);
    const { get, runs } = await open({}, { clusters });
    const { status, text } = await get(`/runs/${runs.good}/logs/build-base/main`);
    expect(status).toBe(200);
    expect(text).toContain("The cluster does not answer.");
  });
});

describe("what is not there", () => {
  test.each([
    "/nothing",
    "/streams/none",
    "/channels/none",
    "/releases/none",
    "/runs/none",
    `/runs/${"a".repeat(64)}/logs/none/main`,
    `/runs/${"a".repeat(64)}/logs/build-base/none`,
    "/streams/edge?repository=okd-project/other",
    "/%2e%2e/etc/passwd",
  ])("%s", async (path) => {
    const { get } = await open();
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toContain("There is nothing here");
  });

  test("also where the pages are mounted in another app", async () => {
    const { pages } = await open();
    const response = await new Hono().route("/", pages).request("/nothing");
    expect(await response.text()).toContain("There is nothing here");
  });
});

test("an empty installation says what to do", async () => {
  const { get } = await open({ repositoryNames: [] });
  expect((await get("/")).text).toContain("Install the GitHub App");
});

test("several repositories are told apart, on the pages and in the links", async () => {
  const { get } = await open({ repositoryNames: ["streams", "others"] });
  const { text } = await get("/");
  expect(text).toContain("okd-project/others</h2>");
  expect(text).toContain("/channels/4-scos-next?repository=okd-project%2Fstreams");
  expect((await get("/streams/edge?repository=okd-project%2Fstreams")).status).toBe(200);
});

describe("security", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`;
  test("hostile texts stay texts on every page", async () => {
    const { channel, stream } = await import("./example-site.ts");
    const { get, runs } = await open({
      hostile,
      log: hostile,
      streams: [stream("edge", { title: hostile, description: hostile, maintainers: [hostile] })],
      channels: [channel("4-scos-next", { title: hostile, description: hostile })],
    });
    const paths = [
      "/",
      "/streams",
      "/streams/edge",
      "/channels/4-scos-next",
      "/releases/4.22.0-0.okd-scos-2026-11-20-070000",
      `/runs/${runs.good}`,
      `/runs/${runs.bad}`,
      `/runs/${runs.good}/logs/build-base/main`,
    ];
    for (const path of paths) {
      const { status, text } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain("&lt;script&gt;");
      expect(text).not.toMatch(/<script|<img/);
    }
  });

  test("no page may run a script, be framed or load anything from elsewhere", async () => {
    const { get } = await open();
    const { headers, text } = await get("/");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(text).not.toMatch(/ style="|<style|<script/);
    const style = await get("/assets/style.css");
    expect(style.headers.get("content-type")).toContain("text/css");
    expect(style.text).not.toMatch(/url\(|@import/);
  });
});

test("health and readiness", async () => {
  const { get } = await open();
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/readyz")).status).toBe(200);
});

test("it is not ready without its database", async () => {
  const { pages } = await open();
  await example?.store.close();
  const response = await pages.request("/readyz");
  expect(response.status).toBe(503);
});
