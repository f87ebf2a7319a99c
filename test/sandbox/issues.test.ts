import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { proposalFormPath } from "../../src/streams/proposals/proposal-fields.ts";
import { type Bench, here, openPull, startBench, statusOf } from "./helpers.ts";

const template = "propose-stream.yml";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench(
    {},
    {
      files: {
        "README.md": "# Streams\n",
        [proposalFormPath]: readFileSync(proposalFormPath, "utf8"),
      },
    },
  );
});
afterEach(() => bench.close());

const post = (path: string, form: Record<string, string>) =>
  fetch(`${bench.sandbox.url}${path}`, {
    method: "POST",
    headers: { origin: bench.sandbox.url },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
const filled = {
  as: "rea",
  template,
  title: "New stream: kiosk",
  "field-name": "kiosk",
  "field-title": "Kiosks",
  "field-version": "4.21",
  "field-operating-system": "scos",
  "field-description": "One\r\ntwo",
};

describe("issues", () => {
  test("are opened with a form, whose label is given where the repository has it", async () => {
    const first = await post("/okd/streams/issues/new", filled);
    expect(first.headers.get("location")).toBe("/okd/streams/issues/1?as=rea");
    const color = "0e8a16";
    await bench.bot.rest.issues.createLabel({ ...here, name: "stream-proposal", color });
    await post("/okd/streams/issues/new", filled);
    const { data } = await bench.bot.rest.issues.listForRepo({ ...here, direction: "asc" });
    expect(data.map(({ labels }) => labels.length)).toEqual([0, 1]);
    expect(data[0]?.body).toContain("### Name of the stream\n\nkiosk\n\n### Title\n\nKiosks");
    expect(data[0]?.body).toMatch(/### Params\n\n_No response_\n\n### What it is for\n\nOne\ntwo$/);
  });

  test.each([
    ["without a value that is asked for", { "field-name": "" }],
    ["with a choice that is none", { "field-operating-system": "rhel" }],
  ])("are not opened %s", async (_name, change) => {
    const answer = await post("/okd/streams/issues/new", { ...filled, ...change });
    expect(answer.headers.get("location")).toContain("error=");
    expect((await bench.bot.rest.issues.listForRepo(here)).data).toEqual([]);
  });

  test("tell the App of each change, and only their author and those who triage make one", async () => {
    const made = await bench.as("rea").rest.issues.create({ ...here, title: "x", body: "one" });
    const at = { ...here, issue_number: made.data.number };
    await bench.as("tom").rest.issues.addLabels({ ...at, labels: ["stream-proposal"] });
    await bench.as("rea").rest.issues.update({ ...at, body: "two" });
    await bench.as("tom").rest.issues.update({ ...at, state: "closed" });
    await bench.as("rea").rest.issues.update({ ...at, state: "open" });
    await bench.as("rea").rest.issues.createComment({ ...at, body: "hello" });
    await bench.sandbox.settled();
    expect(bench.hooks.received.map(({ event, payload }) => `${event} ${payload.action}`)).toEqual([
      "installation created",
      "issues opened",
      "issues labeled",
      "issues edited",
      "issues closed",
      "issues reopened",
      "issue_comment created",
    ]);
    const other = await bench.as("tom").rest.issues.create({ ...here, title: "y" });
    const others = { ...here, issue_number: other.data.number, body: "mine" };
    expect(await statusOf(bench.as("rea").rest.issues.update(others))).toBe(403);
  });

  test("are closed by the merge of a pull request that says so", async () => {
    await bench.as("rea").rest.issues.create({ ...here, title: "x" });
    const { number } = await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    await bench.as("wim").rest.pulls.update({ ...here, pull_number: number, body: "Closes #1" });
    await bench.as("wim").rest.pulls.merge({ ...here, pull_number: number });
    const { data } = await bench.bot.rest.issues.get({ ...here, issue_number: 1 });
    expect(data).toMatchObject({ state: "closed", state_reason: "completed" });
  });

  test("are shown with what a visitor may do, and references are links", async () => {
    await post("/okd/streams/issues/new", filled);
    await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    await post("/okd/streams/issues/1/comment", { as: "wim", body: "See #2 and a#3." });
    await post("/okd/streams/issues/1/edit", { as: "wim", title: "Not mine", body: "x" });
    await post("/okd/streams/issues/1/state", { as: "rea", state: "closed" });
    const page = await (await fetch(`${bench.sandbox.url}/okd/streams/issues/1`)).text();
    expect(page).toContain('<a href="../issues/2">#2</a> and a#3.');
    expect(page).toContain("Reopen the issue");
    const pull = await fetch(`${bench.sandbox.url}/okd/streams/issues/2`, { redirect: "manual" });
    expect(pull.headers.get("location")).toBe("/okd/streams/pull/2");
    const form = await (
      await fetch(`${bench.sandbox.url}/okd/streams/issues/new?template=${template}`)
    ).text();
    expect(form).toContain('name="field-params"');
  });
});
