import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, here, openPull, startBench } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({ links: [{ title: "Channels", href: "http://127.0.0.1:9/" }] });
});
afterEach(async () => {
  await bench.close();
});

async function page(path: string): Promise<string> {
  const response = await fetch(`${bench.sandbox.url}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

function post(path: string, form: Record<string, string>, origin = bench.sandbox.url) {
  return fetch(`${bench.sandbox.url}${path}`, {
    method: "POST",
    headers: { origin },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
}

const proposal = {
  title: "Add a stream",
  branch: "mine",
  path: "streams/mine.yaml",
  content: "kind: Stream\r\nname: mine\r\n",
};

describe("the pages", () => {
  test("lead from the first page to a file", async () => {
    const home = await page("/");
    expect(home).toContain('href="/okd/streams"');
    expect(home).toContain("Channels");
    expect(await page("/okd/streams")).toContain("streams/edge.yaml");
    expect(await page("/okd/streams/blob/main/streams/edge.yaml")).toContain("kind: Stream");
  });

  test("open a pull request: of a writer from a branch, of a reader from a fork", async () => {
    const first = await post("/okd/streams/new", { as: "wim", ...proposal });
    expect(first.headers.get("location")).toBe("/okd/streams/pull/1?as=wim");
    const second = await post("/okd/streams/new", { as: "rea", ...proposal });
    expect(second.headers.get("location")).toBe("/okd/streams/pull/2?as=rea");
    const { data } = await bench.bot.rest.pulls.list({ ...here, direction: "asc" });
    expect(data.map((pull) => pull.head.label)).toEqual(["okd:mine", "rea:mine"]);
    const files = await bench.bot.rest.pulls.listFiles({ ...here, pull_number: 2 });
    expect(files.data[0]?.patch).toBe("@@ -0,0 +1,2 @@\n+kind: Stream\n+name: mine");
  });

  test("let a reader comment but not merge, and say so in GitHub's words", async () => {
    await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    await post("/okd/streams/pull/1/comment", { as: "rea", body: "/status" });
    const { data } = await bench.bot.rest.pulls.get({ ...here, pull_number: 1 });
    const sha = data.head.sha;
    const refused = await post("/okd/streams/pull/1/merge", { as: "rea", sha });
    const shown = await page(refused.headers.get("location") ?? "");
    expect(shown).toContain("Only those with write access to this repository can merge");
    expect(shown).toContain("/status");
    await post("/okd/streams/pull/1/merge", { as: "wim", sha });
    expect(await page("/okd/streams/pull/1")).toContain("Merged by @wim");
  });

  test("show checks with annotations, and run them again", async () => {
    const { sha } = await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    const run = await bench.bot.rest.checks.create({
      ...here,
      name: "okd-streams / validate",
      head_sha: sha,
      conclusion: "failure",
      output: {
        title: "1 error",
        summary: "**Wrong**",
        annotations: [
          {
            path: "a.yaml",
            start_line: 1,
            end_line: 1,
            start_column: 4,
            end_column: 5,
            annotation_level: "failure",
            message: "No such number",
          },
        ],
      },
    });
    expect(await page("/okd/streams/pull/1")).toContain("a.yaml:1:4");
    expect(await page("/okd/streams/pull/1?tab=files")).toContain("No such number");
    const details = await fetch(run.data.html_url ?? "", { redirect: "manual" });
    expect(details.headers.get("location")).toMatch(/^\/okd\/streams\/pull\/1#check-\d+$/);
    await post(`/okd/streams/runs/${run.data.id.toString()}`, {
      as: "wim",
      action: "",
      back: "/okd/streams/pull/1",
    });
    await bench.sandbox.settled();
    expect(bench.hooks.received.at(-1)?.payload.action).toBe("rerequested");
  });

  test("render Markdown without scripts, images or comments, and pipelines as pictures", async () => {
    await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    const body = [
      "<!-- okd-streams:review --><script>alert(1)</script><img src=x onerror=alert(2)>",
      "[link](javascript:alert(3)) **bold**",
      '```mermaid\nflowchart LR\n  a["one #40;1#41;"]\n  b["two"]\n  a --> b\n```',
    ].join("\n\n");
    await bench.bot.rest.issues.createComment({ ...here, issue_number: 1, body });
    const shown = await page("/okd/streams/pull/1");
    expect(shown).not.toMatch(/okd-streams:review|alert|<img|javascript:/);
    expect(shown).toContain("<strong>bold</strong>");
    expect(shown).toContain("one (1)");
    expect(shown).toContain('class="edge"');
  });
});

describe("strangers", () => {
  test("post nothing from another site", async () => {
    const response = await post("/okd/streams/new", { as: "wim", ...proposal }, "http://evil.test");
    expect(response.status).toBe(403);
    expect((await bench.bot.rest.pulls.list(here)).data).toEqual([]);
  });

  test.each(["../x", ".git/config", "a//b"])("write no file called %s", async (path) => {
    const response = await post("/okd/streams/new", { as: "wim", ...proposal, path });
    expect(response.headers.get("location")).toContain("malformed");
  });
});
