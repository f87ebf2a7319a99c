import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseCloudEvent } from "../../src/cluster/parse-cloud-event.ts";

const headers = (type: string) => ({
  "ce-id": "77f78ae7-ff6d-4e39-9d05-b9a0b7850527",
  "ce-source": "/apis/tekton.dev/v1beta1/namespaces/okd-streams/pipelineruns/edge-1",
  "ce-specversion": "1.0",
  "ce-subject": "edge-1",
  "ce-time": "2026-01-01T00:00:00.000000000Z",
  "ce-type": type,
  "content-type": "application/json",
});

const pipelineRun = (metadata: object) => JSON.stringify({ pipelineRun: { metadata } });

describe("a CloudEvent of Tekton", () => {
  test("names the run to look at, and nothing else of it is taken over", () => {
    const body = JSON.stringify({
      pipelineRun: {
        metadata: { name: "edge-1", namespace: "okd-streams" },
        status: { conditions: [{ type: "Succeeded", status: "True" }] },
      },
    });
    expect(parseCloudEvent(headers("dev.tekton.event.pipelinerun.successful.v1"), body)).toEqual({
      ok: true,
      value: { kind: "run", runName: "edge-1", namespace: "okd-streams" },
    });
  });

  test("names the event that made the run, where a listener did", () => {
    const labels = { "triggers.tekton.dev/triggers-eventid": "14a657c3-6816" };
    const type = "dev.tekton.event.pipelinerun.started.v1";
    expect(parseCloudEvent(headers(type), pipelineRun({ name: "made-up", labels }))).toEqual({
      ok: true,
      value: { kind: "run", runName: "made-up", eventId: "14a657c3-6816" },
    });
    const hostile = { "triggers.tekton.dev/triggers-eventid": "x,y=z" };
    expect(
      parseCloudEvent(headers(type), pipelineRun({ name: "made-up", labels: hostile })),
    ).toEqual({ ok: true, value: { kind: "run", runName: "made-up" } });
  });

  test("of a task names the run that the task belongs to", () => {
    const body = JSON.stringify({
      taskRun: {
        metadata: {
          name: "edge-1-build",
          namespace: "okd-streams",
          labels: { "tekton.dev/pipelineRun": "edge-1" },
        },
      },
    });
    expect(parseCloudEvent(headers("dev.tekton.event.taskrun.started.v1"), body)).toEqual({
      ok: true,
      value: { kind: "run", runName: "edge-1", namespace: "okd-streams" },
    });
  });

  test("of a task outside any run, or of something else, is ignored", () => {
    const alone = JSON.stringify({ taskRun: { metadata: { name: "alone", labels: {} } } });
    expect(parseCloudEvent(headers("dev.tekton.event.taskrun.started.v1"), alone)).toMatchObject({
      value: { kind: "ignored" },
    });
    expect(parseCloudEvent(headers("com.example.other"), "{}")).toEqual({
      ok: true,
      value: { kind: "ignored", type: "com.example.other" },
    });
  });

  test.each([
    ["no name", pipelineRun({})],
    ["a name that is none", pipelineRun({ name: "../../etc/passwd" })],
    ["a name of another kind", pipelineRun({ name: { $gt: "" } })],
    ["no JSON", "<html>"],
    ["nothing", ""],
  ])("with %s is refused", (_, body) => {
    expect(parseCloudEvent(headers("dev.tekton.event.pipelinerun.failed.v1"), body)).toMatchObject({
      ok: false,
      problem: { kind: "invalid" },
    });
  });

  test("without its headers is refused", () => {
    expect(parseCloudEvent({ "content-type": "application/json" }, "{}")).toMatchObject({
      ok: false,
    });
  });

  test("with any metadata, types and headers names a run by a name that Kubernetes allows, or none", () => {
    const type = fc.oneof(
      fc
        .constantFrom("pipelinerun", "taskrun")
        .map((kind) => `dev.tekton.event.${kind}.running.v1`),
      fc.string(),
    );
    const data = fc.oneof(
      fc.record({ pipelineRun: fc.record({ metadata: fc.anything() }) }),
      fc.record({ taskRun: fc.record({ metadata: fc.anything() }) }),
      fc.record({ pipelineRun: fc.record({ metadata: fc.record({ name: fc.string() }) }) }),
      fc.anything(),
    );
    fc.assert(
      fc.property(type, data, fc.dictionary(fc.string(), fc.string()), (ceType, value, more) => {
        const body = JSON.stringify(value, (_key, each: unknown) =>
          typeof each === "bigint" ? String(each) : each,
        );
        const event = parseCloudEvent({ ...headers(ceType), ...more }, body);
        if (!event.ok || event.value.kind !== "run") return;
        expect(event.value.runName).toMatch(/^[a-z0-9][-a-z0-9.]{0,252}$/);
        expect(event.value.eventId ?? "a").toMatch(/^[-A-Za-z0-9_.]{1,63}$/);
      }),
      { numRuns: 500 },
    );
  });

  test("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (more, body) => {
        const type = "dev.tekton.event.pipelinerun.running.v1";
        expect(() => parseCloudEvent({ ...headers(type), ...more }, body)).not.toThrow();
      }),
    );
  });
});
