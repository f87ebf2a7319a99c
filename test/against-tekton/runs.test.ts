import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { mergeWhenPossible } from "../../src/demo/story/build-chapter.ts";
import {
  botComments,
  checkRun,
  observe,
  pullRequest,
  type CheckRun,
} from "../../src/demo/story/observe.ts";
import { openStage, type OpenStage } from "../e2e/support/open-stage.ts";
import { startEventRelay, type EventRelay } from "./support/event-relay.ts";
import {
  probePipeline,
  probePipelinePath,
  probeStream,
  probeStreamPath,
  serveOutcomes,
  type Outcomes,
} from "./support/outcomes.ts";
import {
  post,
  startRecordingProxy,
  type RecordedRequest,
  type RecordingProxy,
} from "./support/recording-proxy.ts";
import { claimsFolder, startRealCluster } from "./support/start-real-cluster.ts";
import { kubectl, listRuns, succeeded, type PipelineRun } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams";
const { owner, name: repo } = demoRepository;
const buildCheck = "okd-streams / build (probe)";

let stage: OpenStage;
let outcomes: Outcomes;
let relay: EventRelay;
let listener: RecordingProxy;
let listenerSecret = "";

const reachable = (await claimsFolder()) !== "";
/** What is built has to reach the stand-in for GitHub, on this machine. */
const suite = reachable ? describe : describe.skip;

beforeAll(async () => {
  if (!reachable) return;
  outcomes = await serveOutcomes();
  stage = await openStage({
    async startCluster(options) {
      relay = await startEventRelay(options.cloudEventsSink);
      listenerSecret = options.listenerSecret;
      return startRealCluster({ ...options, cloudEventsSink: relay.url });
    },
    async throughListener(url) {
      listener = await startRecordingProxy(url);
      return listener.url;
    },
  });
}, 5 * minute);
afterAll(async () => {
  if (!reachable) return;
  await stage.close();
  await Promise.all([outcomes.close(), relay.close(), listener.close()]);
}, minute);

/** Brings the stream to the default branch through a pull request; gives its number and its merge. */
async function mergeProbe(branch: string, packages: string, timeout?: string) {
  const { omar } = stage.people;
  await omar.push({
    into: `${owner}/${repo}`,
    branch,
    message: `Build the probe with ${packages}`,
    files: {
      [probePipelinePath]: probePipeline(outcomes.url),
      [probeStreamPath]: probeStream({ packages, ...(timeout === undefined ? {} : { timeout }) }),
    },
  });
  const { data } = await omar.octokit.rest.pulls.create({
    owner,
    repo,
    head: branch,
    base: "main",
    title: `Build the probe with ${packages}`,
  });
  const merge = await mergeWhenPossible(stage, "maya", data.number);
  return { pull: data.number, merge };
}

/** The build's check on the merge commit, once it concluded so; the pull request's head has the same. */
async function concludes(
  { pull, merge }: { readonly pull: number; readonly merge: string },
  conclusion: string,
): Promise<CheckRun> {
  const { head } = await pullRequest(stage, pull);
  const [check] = await Promise.all(
    [merge, head.sha].map((commit) =>
      observe(
        `the build of ${commit} concludes ${conclusion}`,
        () => checkRun(stage, commit, buildCheck),
        (run) => run.conclusion === conclusion,
      ),
    ),
  );
  if (check === undefined) throw new Error("nothing was looked for");
  return check;
}

/** The builds of the probe, the oldest first. */
function probeRuns(): Promise<readonly PipelineRun[]> {
  return listRuns(namespace, "-l", "streams.okd.io/stream=probe,streams.okd.io/kind=build");
}

async function newestRun(): Promise<PipelineRun> {
  const run = (await probeRuns()).at(-1);
  if (run === undefined) throw new Error("there is no run");
  return run;
}

function askedOf(pull: number): Promise<readonly string[]> {
  return botComments(stage, pull).then((comments) => comments.map(({ body = "" }) => body));
}

suite("a merge", () => {
  let first: { readonly pull: number; readonly merge: string };

  test(
    "starts the run with the right name, labels, params, commit and account, and its success is told",
    async () => {
      first = await mergeProbe("probe-1", "one");
      await concludes(first, "success");
      const runs = await probeRuns();
      expect(runs).toHaveLength(1);
      const run = await newestRun();
      const { id, name } = payload.parse(JSON.parse(firstRequest().body)).run;
      expect(run.metadata.name).toBe(name);
      expect(run.metadata.annotations["streams.okd.io/run-id"]).toBe(id);
      expect(run.metadata.labels).toMatchObject({
        "streams.okd.io/run-id": id.slice(0, 63),
        "streams.okd.io/stream": "probe",
        "streams.okd.io/kind": "build",
        "triggers.tekton.dev/eventlistener": "okd-streams",
      });
      const params = Object.fromEntries(run.spec.params.map((param) => [param.name, param.value]));
      expect(params).toMatchObject({
        "image-repository": "localhost/okd/scos-probe",
        version: "4.21",
        variant: "probe",
        packages: "one",
        revision: first.merge,
        "repository-url": `${stage.world.sandbox.url}/${owner}/${repo}.git`,
      });
      expect(run.spec.taskRunTemplate?.serviceAccountName).toBe("okd-streams-builder");
      // What the resolver says that it fetched, not what it was asked for.
      expect(run.status.provenance?.refSource?.digest).toEqual({ sha1: first.merge });
      expect(await askedOf(first.pull)).toContainEqual(expect.stringContaining("sha256:"));
    },
    3 * minute,
  );

  test(
    "asked for again, in the same words, makes no second run",
    async () => {
      const request = firstRequest();
      const [before] = await probeRuns();
      const answer = await post(stage.world.cluster.listenerUrl, request);
      expect(answer.status).toBe(202);
      await settled(request);
      expect((await probeRuns()).map(({ metadata }) => metadata)).toEqual([before?.metadata]);
    },
    minute,
  );

  test.each(["a wrong signature", "no signature", "a changed body"])(
    "with %s starts nothing",
    async (how) => {
      const request = firstRequest();
      const body = renamed(request.body, "forged");
      const { "x-hub-signature-256": old = "", ...unsigned } = request.headers;
      const signatures: Record<string, string> = {
        "a wrong signature": sign(body, "guessed"),
        "a changed body": old,
      };
      const signature = signatures[how];
      const headers = { ...unsigned, ...(signature && { "x-hub-signature-256": signature }) };
      await post(stage.world.cluster.listenerUrl, { headers, body });
      await settled(request);
      const names = (await listRuns(namespace)).map(({ metadata }) => metadata.name);
      expect(names).not.toContain("forged");
    },
    minute,
  );
});

const payload = z.looseObject({ run: z.looseObject({ id: z.string(), name: z.string() }) });

function firstRequest(): RecordedRequest {
  const [request] = listener.requests;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

/** A later request was carried out, so what came before it was looked at too. */
async function settled(request: RecordedRequest): Promise<void> {
  const name = `settled-${Date.now()}`;
  const body = renamed(request.body, name).replace('"stream":"probe"', '"stream":"settled"');
  const headers = { ...request.headers, "x-hub-signature-256": sign(body, listenerSecret) };
  await post(stage.world.cluster.listenerUrl, { headers, body });
  await observe(`run ${name}`, async () =>
    (await listRuns(namespace)).find(({ metadata }) => metadata.name === name),
  );
  await kubectl(["delete", "pipelinerun", name, "-n", namespace]);
}

function renamed(body: string, name: string): string {
  const request = payload.parse(JSON.parse(body));
  return JSON.stringify({ ...request, run: { ...request.run, name } });
}

function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

suite("what becomes of a run reaches the pull request", () => {
  let failing: { readonly pull: number; readonly merge: string };

  test(
    "failure, with the step and the end of its log",
    async () => {
      outcomes.next("fail");
      failing = await mergeProbe("probe-2", "two");
      const check = await concludes(failing, "failure");
      expect(check.output.summary).toContain("step `ask` ended with exit code 3");
      expect(check.output.summary).toContain("told to fail");
    },
    3 * minute,
  );

  test(
    "retry",
    async () => {
      outcomes.next("succeed");
      await stage.people.maya.comment(failing.pull, "/retry");
      await concludes(failing, "success");
      expect(await askedOf(failing.pull)).toContainEqual(expect.stringContaining("attempt 2"));
      expect(await probeRuns()).toHaveLength(3);
    },
    3 * minute,
  );

  test(
    "cancel",
    async () => {
      outcomes.next("hang");
      const before = outcomes.asked();
      const cancelled = await mergeProbe("probe-3", "three");
      await observe("the step runs", () =>
        Promise.resolve(outcomes.asked() > before ? true : undefined),
      );
      await stage.people.maya.comment(cancelled.pull, "/cancel");
      await concludes(cancelled, "cancelled");
      expect(succeeded(await newestRun())?.reason).toBe("Cancelled");
    },
    3 * minute,
  );

  test(
    "timeout",
    async () => {
      outcomes.next("hang");
      const slow = await mergeProbe("probe-4", "four", "20s");
      await concludes(slow, "timed_out");
      expect(succeeded(await newestRun())?.reason).toBe("PipelineRunTimeout");
    },
    3 * minute,
  );
});

suite("CloudEvents", () => {
  test("come from Tekton for the runs so far", () => {
    const types = new Set(relay.seen);
    expect([...types]).toEqual(
      expect.arrayContaining([
        "dev.tekton.event.pipelinerun.queued.v1",
        "dev.tekton.event.pipelinerun.running.v1",
        "dev.tekton.event.pipelinerun.successful.v1",
        "dev.tekton.event.pipelinerun.failed.v1",
        "dev.tekton.event.taskrun.successful.v1",
      ]),
    );
  });

  test.each([
    ["that are lost change nothing", 0, "probe-5"],
    ["that come three times change nothing", 3, "probe-6"],
  ])(
    "%s",
    async (_, times, branch) => {
      outcomes.next("succeed");
      relay.pass(times);
      const before = (await probeRuns()).length;
      const seen = relay.seen.length;
      const merged = await mergeProbe(branch, branch);
      await concludes(merged, "success");
      await observe("the accepted release", async () =>
        (await askedOf(merged.pull)).find((body) => body.includes("(Accepted)")),
      );
      expect(relay.seen.length).toBeGreaterThan(seen);
      expect(await probeRuns()).toHaveLength(before + 1);
      const markers = (await askedOf(merged.pull)).map((body) => body.split("\n")[0]);
      expect(new Set(markers).size).toBe(markers.length);
    },
    3 * minute,
  );
});
