import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { observe } from "../../src/demo/story/observe.ts";
import type { MetRequest } from "../support/start-http-proxy.ts";
import { postAgain, renamed, runOf, sign } from "./support/post-again.ts";
import { openProbeStage, type MergedProbe, type ProbeStage } from "./support/probe-stage.ts";
import { hostForPods } from "./support/reach.ts";
import { kubectl, listRuns, succeeded } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams";
const { owner, name: repo } = demoRepository;

let probes: ProbeStage;

const host = await hostForPods();
const suite = host === "" ? describe.skip : describe;

beforeAll(async () => {
  if (host !== "") probes = await openProbeStage(host);
}, 5 * minute);
afterAll(async () => {
  if (host !== "") await probes.close();
}, minute);

suite("a merge", () => {
  let first: MergedProbe;

  test(
    "starts the run with the right name, labels, params, commit and account, and its success is told",
    async () => {
      first = await probes.merge("probe-1");
      await probes.concludes(first, "success");
      const runs = await probes.runs();
      expect(runs).toHaveLength(1);
      const run = await probes.newestRun();
      const { id, name } = runOf(firstRequest());
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
        packages: "probe-1",
        revision: first.merge,
        "repository-url": `${probes.stage.world.sandbox.url}/${owner}/${repo}.git`,
      });
      expect(run.spec.taskRunTemplate?.serviceAccountName).toBe("okd-streams-builder");
      // What the resolver says that it fetched, not what it was asked for.
      expect(run.status.provenance?.refSource?.digest).toEqual({ sha1: first.merge });
      expect(await probes.told(first)).toContainEqual(expect.stringContaining("sha256:"));
    },
    3 * minute,
  );

  test(
    "asked for again, in the same words, makes no second run",
    async () => {
      const request = firstRequest();
      const [before] = await probes.runs();
      const answer = await postAgain(listenerUrl(), request);
      expect(answer.status).toBe(202);
      await settled(request);
      expect((await probes.runs()).map(({ metadata }) => metadata)).toEqual([before?.metadata]);
    },
    minute,
  );

  test.each([
    ["a wrong signature", (body: string) => ({ signature: sign(body, "guessed") })],
    ["no signature", () => ({ signature: "" })],
    ["a changed body", () => ({})],
  ])(
    "with %s starts nothing",
    async (_, signed) => {
      const request = firstRequest();
      const body = renamed(request, "forged");
      await postAgain(listenerUrl(), request, { body, ...signed(body) });
      await settled(request);
      const names = (await listRuns(namespace)).map(({ metadata }) => metadata.name);
      expect(names).not.toContain("forged");
    },
    minute,
  );
});

function listenerUrl(): string {
  return probes.stage.world.cluster.listenerUrl;
}

function firstRequest(): MetRequest {
  const [request] = probes.listener.met;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

/** A later request was carried out, so what came before it was looked at too. */
async function settled(request: MetRequest): Promise<void> {
  const name = `settled-${Date.now()}`;
  const body = renamed(request, name).replace('"stream":"probe"', '"stream":"settled"');
  const signature = sign(body, probes.listenerSecret);
  await postAgain(listenerUrl(), request, { body, signature });
  await observe(`run ${name}`, async () =>
    (await listRuns(namespace)).find(({ metadata }) => metadata.name === name),
  );
  await kubectl(["delete", "pipelinerun", name, "-n", namespace]);
}

suite("what becomes of a run reaches the pull request", () => {
  let failing: MergedProbe;

  test(
    "failure, with the step and the end of its log",
    async () => {
      probes.outcomes.next("fail");
      failing = await probes.merge("probe-2");
      const check = await probes.concludes(failing, "failure");
      expect(check.output.summary).toContain("step `ask` ended with exit code 3");
      expect(check.output.summary).toContain("told to fail");
    },
    3 * minute,
  );

  test(
    "retry",
    async () => {
      probes.outcomes.next("succeed");
      await probes.stage.people.maya.comment(failing.pull, "/retry");
      await probes.concludes(failing, "success");
      expect(await probes.told(failing)).toContainEqual(expect.stringContaining("attempt 2"));
      expect(await probes.runs()).toHaveLength(3);
    },
    3 * minute,
  );

  test(
    "cancel",
    async () => {
      const cancelled = await probes.mergeHanging("probe-3");
      await probes.stage.people.maya.comment(cancelled.pull, "/cancel");
      await probes.concludes(cancelled, "cancelled");
      expect(succeeded(await probes.newestRun())?.reason).toBe("Cancelled");
    },
    3 * minute,
  );

  test(
    "timeout",
    async () => {
      probes.outcomes.next("hang");
      const slow = await probes.merge("probe-4", "20s");
      await probes.concludes(slow, "timed_out");
      expect(succeeded(await probes.newestRun())?.reason).toBe("PipelineRunTimeout");
    },
    3 * minute,
  );
});

suite("CloudEvents", () => {
  test("come from Tekton for the runs so far", () => {
    const types = new Set(probes.relay.seen);
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
      probes.outcomes.next("succeed");
      probes.relay.pass(times);
      const before = (await probes.runs()).length;
      const seen = probes.relay.seen.length;
      const merged = await probes.merge(branch);
      await probes.concludes(merged, "success");
      await observe("the accepted release", async () =>
        (await probes.told(merged)).find((body) => body.includes("(Accepted)")),
      );
      expect(probes.relay.seen.length).toBeGreaterThan(seen);
      expect(await probes.runs()).toHaveLength(before + 1);
      const markers = (await probes.told(merged)).map((body) => body.split("\n")[0]);
      expect(new Set(markers).size).toBe(markers.length);
    },
    3 * minute,
  );
});
