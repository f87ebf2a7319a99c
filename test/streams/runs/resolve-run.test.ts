import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { runPayload } from "../../../src/cluster/run-payload.ts";
import { unwrap } from "../../../src/problem.ts";
import { parsePipelineRun } from "../../../src/tekton/parse-pipeline-run.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { releaseName } from "../../../src/streams/runs/release-name.ts";
import { renderPipelineRun } from "../../../src/streams/runs/render-pipeline-run.ts";
import { resolveRun } from "../../../src/streams/runs/resolve-run.ts";
import type { RunToResolve } from "../../../src/streams/runs/resolve-run.ts";
import { runKey, runName } from "../../../src/streams/runs/run-key.ts";
import { runTimeouts } from "../../../src/streams/runs/run-timeouts.ts";
import { goodFiles, repositoryOf } from "../repository-of.ts";

const stream = repositoryOf(goodFiles).streams.get("edge")!.value;
const commit = "c".repeat(40);

function build(
  params: Readonly<Record<string, string>>,
  more: Partial<RunToResolve> = {},
): RunToResolve {
  return {
    repositoryId: 7,
    kind: "build",
    subject: "edge",
    stream,
    use: { ...stream.spec.build, params },
    cluster: "laptop",
    inputDigest: "d".repeat(64),
    cause: `merge:${commit}`,
    attempt: 1,
    commit,
    time: new Date("2026-11-20T10:11:12.999Z"),
    values: {},
    ...more,
  };
}

describe("resolveRun", () => {
  test.each([
    ["$(stream.name)-$(stream.version)", "edge-4.21"],
    ["$(stream.operatingSystem) $(stream.architectures)", "scos amd64"],
    ["$(run.commit)", commit],
    ["$(run.time)", "2026-11-20-101112"],
    ["$(run.id)", runKey(build({}))],
    ["$(release.name) $(release.pullSpec) $(release.digest)", "4.21.0 quay.io/x@d d"],
    ["$(channel.name)", "next"],
    ["$(upstream.core.pullSpec) $(upstream.core.digest)", "quay.io/core c"],
    ["plain", "plain"],
  ])("fills in %s", (text, filled) => {
    const values = {
      release: { name: "4.21.0", pullSpec: "quay.io/x@d", digest: "d" },
      channel: { name: "next" },
      upstream: { core: { name: "4.20", pullSpec: "quay.io/core", digest: "c" } },
    };
    const request = unwrap(resolveRun(build({ branch: text }, { values })));
    expect(request.params).toEqual({ branch: filled });
    expect(request.upstreams).toEqual({ core: "4.20" });
  });

  test("refuses what has no value, by the name of the param", () => {
    const result = resolveRun(build({ branch: "$(release.digest)" }));
    expect(result).toMatchObject({
      ok: false,
      problem: { kind: "invalid", where: "params.branch" },
    });
  });

  test("never fills in twice", () => {
    const values = { channel: { name: "$(run.id)" } };
    const request = unwrap(resolveRun(build({ branch: "$(channel.name)" }, { values })));
    expect(request.params["branch"]).toBe("$(run.id)");
  });
});

describe("runKey and runName", () => {
  test.each([
    [{ repositoryId: 8 }],
    [{ kind: "trial" }],
    [{ subject: "hpc" }],
    [{ inputDigest: "e".repeat(64) }],
    [{ cause: "command:1" }],
    [{ attempt: 2 }],
  ] as const)("differ with %j", (change) => {
    expect(runKey(build({}, change))).not.toBe(runKey(build({})));
    expect(runName(build({}, change))).not.toBe(runName(build({})));
  });

  test("do not differ with the time, the commit or the params", () => {
    const other = build({ branch: "x" }, { commit: "e".repeat(40), time: new Date(0) });
    expect(runKey(other)).toBe(runKey(build({})));
    expect(runKey(other)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("give a DNS-1123 name of at most 63 characters for any subject", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (subject) => {
        const run = build({}, { subject });
        expect(runName(run)).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(runName(run).endsWith(`-${runKey(run).slice(0, 10)}`)).toBe(true);
      }),
    );
  });
});

describe("releaseName", () => {
  test("carries the time of the request in UTC", () => {
    const run = { id: "i", commit, time: new Date("2026-01-02T03:04:05Z") };
    expect(releaseName(stream, run)).toEqual({
      ok: true,
      value: "4.21.0-0.okd-scos-edge-2026-01-02-030405",
    });
  });
});

describe("runTimeouts", () => {
  test.each([
    [{}, ["1h0m0s", "0h50m0s", "0h10m0s"]],
    [{ pipeline: "4h" }, ["4h0m0s", "3h50m0s", "0h10m0s"]],
    [{ pipeline: "6m" }, ["0h6m0s", "0h5m0s", "0h1m0s"]],
    [{ pipeline: "1h", tasks: "40m" }, ["1h0m0s", "0h40m0s", "0h20m0s"]],
    [{ pipeline: "0" }, ["0s", "0s", "0s"]],
  ])("of %j", (given, [pipeline, tasks, lastly]) => {
    expect(runTimeouts(given)).toEqual({ pipeline, tasks, finally: lastly });
  });
});

describe("renderPipelineRun and runPayload", () => {
  const repositoryUrl = "https://example.org/okd/streams.git";
  const request = unwrap(resolveRun(build({ branch: "master" })));

  test("ask for the same run", () => {
    const run = renderPipelineRun(request, { repositoryUrl });
    const payload = runPayload(request, { repositoryFullName: "okd/streams", repositoryUrl });
    expect(payload.run).toEqual({
      id: runKey(request),
      name: run.metadata.name,
      kind: "build",
      attempt: "1",
    });
    expect(payload.pipeline).toEqual({
      name: "build",
      url: repositoryUrl,
      revision: commit,
      path: "tekton/pipelines/build.yaml",
    });
    expect(payload.params).toEqual({
      branch: "master",
      "repository-url": repositoryUrl,
      revision: commit,
    });
    expect(payload.workspaces).toEqual({ registry: "registry" });
    expect(payload.repository).toEqual({ id: "7", fullName: "okd/streams", url: repositoryUrl });
    expect(run.metadata.labels?.["streams.okd.io/run-id"]).toBe(runKey(request).slice(0, 63));
    expect(run.metadata.annotations?.["streams.okd.io/run-id"]).toBe(runKey(request));
    expect(Object.fromEntries(run.spec.params!.map(({ name, value }) => [name, value]))).toEqual(
      payload.params,
    );
  });

  test("is a PipelineRun that Tekton's schema takes", () => {
    const text = JSON.stringify(renderPipelineRun(request, { repositoryUrl }));
    expect(parsePipelineRun(parseYaml("run.yaml", text).documents[0]!)).toMatchObject({ ok: true });
  });

  test("leave a pipeline of another repository at its own commit, without reserved params", () => {
    const git = {
      url: "https://example.org/a.git",
      revision: "a".repeat(40),
      path: "p/okd-coreos.yaml",
    };
    const payload = runPayload(
      { ...request, pipelineRef: { git } },
      { repositoryFullName: "okd/streams", repositoryUrl },
    );
    expect(payload.pipeline).toEqual({ name: "okd-coreos", ...git });
    expect(payload.params).toEqual({ branch: "master" });
  });
});
