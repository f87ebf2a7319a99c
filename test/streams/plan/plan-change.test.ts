import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "@jest/globals";
import { planChange } from "../../../src/streams/plan/plan-change.ts";
import type { Plan } from "../../../src/streams/plan/plan.ts";
import { renderPlanJson } from "../../../src/streams/plan/render-plan-json.ts";
import { renderPlanMarkdown } from "../../../src/streams/plan/render-plan-markdown.ts";
import { renderPlanText } from "../../../src/streams/plan/render-plan-text.ts";
import {
  goodFiles,
  now,
  pipelinePath,
  repositoryOf,
  taskPath,
  withChange,
} from "../repository-of.ts";

const edge = "streams/edge.yaml";

function planOf(after: Readonly<Record<string, string>>, before = goodFiles): Plan {
  return planChange(repositoryOf(before), repositoryOf(after), { now });
}

describe("planChange", () => {
  test("builds nothing where nothing changed, and says so", () => {
    const plan = planOf(goodFiles);
    expect(plan.builds).toEqual([]);
    expect(plan.notBuilt).toEqual([{ stream: "edge", why: "no input of its build changed" }]);
    expect(renderPlanMarkdown(plan)).toContain("**no stream**");
  });

  test.each([
    [
      "a param",
      edge,
      "branch: master",
      "branch: release-4.21",
      "param branch: master -> release-4.21",
    ],
    [
      "a new param",
      edge,
      "branch: master",
      'branch: master\n      tag-latest: "true"',
      "param tag-latest set: true",
    ],
    [
      "a task",
      taskPath,
      "echo $(params.version)",
      "printf $(params.version)",
      "task tekton/tasks/assemble.yaml changed",
    ],
    [
      "the pipeline",
      pipelinePath,
      "script: echo done",
      "script: echo end",
      "pipeline tekton/pipelines/build.yaml changed",
    ],
    ["the version", edge, "4.21", "4.22", "version: 4.21 -> 4.22"],
    ["the cluster", edge, "cluster: laptop", "cluster: moc", "cluster: laptop -> moc"],
    [
      "the architectures",
      edge,
      "[amd64]",
      "[arm64, amd64]",
      "architectures: amd64 -> amd64, arm64",
    ],
    [
      "a claim",
      edge,
      "claimName: registry",
      "claimName: other",
      "workspaces.registry.persistentVolumeClaim.claimName: registry -> other",
    ],
    [
      "the names of releases",
      edge,
      "okd-scos-edge-",
      "edge-",
      "release.nameTemplate: $(stream.version).0-0.okd-scos-edge-$(run.time) -> $(stream.version).0-0.edge-$(run.time)",
    ],
  ])("says why a stream is built when %s changes", (_name, path, from, to, why) => {
    const [build] = planOf(withChange(path, from, to)).builds;
    expect(build?.why).toEqual([why]);
  });

  test("builds a new stream, with the params of stream, default and repository", () => {
    const { [edge]: text, ...others } = goodFiles;
    const [build] = planOf({ ...others, [edge]: text! }, others).builds;
    expect(build).toMatchObject({ stream: "edge", cluster: "laptop", why: ["new stream"] });
    expect(build?.params.map(({ name, source }) => [name, source])).toEqual([
      ["batches", "default"],
      ["branch", "stream"],
      ["repository-url", "repository"],
      ["revision", "repository"],
      ["tag-latest", "default"],
    ]);
  });

  test.each([
    ["  lifecycle: {state: paused}\n  triggers:", "it is paused"],
    ["  lifecycle: {state: retired}\n  triggers:", "it is retired"],
    ["  triggers:\n    merge: false", "its merge trigger is off"],
    ["  triggers:\n    merge: maybe", "it has errors"],
    ["  triggers:\n    afterStreams: [nobody]", "it has errors"],
  ])("does not build with %j", (triggers, why) => {
    const text = goodFiles[edge]!.replace("  triggers:", triggers).replace("master", "main");
    const plan = planOf({ ...goodFiles, [edge]: text });
    expect(plan.builds).toEqual([]);
    expect(plan.notBuilt).toEqual([{ stream: "edge", why }]);
  });

  test("tells removed streams, changed schedules and channels", () => {
    const { [edge]: text, ...others } = goodFiles;
    expect(planOf(others).removed).toEqual(["edge"]);
    const daily = planOf({ ...goodFiles, [edge]: text!.replace("30 10 * * *", "0 5 * * 1") });
    expect(daily.schedules).toEqual([
      {
        stream: "edge",
        cron: "0 5 * * 1",
        timeZone: "UTC",
        next: ["2026-11-23T05:00:00.000Z", "2026-11-30T05:00:00.000Z", "2026-12-07T05:00:00.000Z"],
      },
    ]);
    const policy = planOf(
      withChange("streams/channels/next/channel.yaml", "minimum: 2", "minimum: 1"),
    );
    expect(policy.channels).toEqual([{ channel: "next", why: ["its policy changes"] }]);
  });

  test("prints JSON as its schema describes it", () => {
    const text = readFileSync(
      new URL("../../../schemas/output/plan.json", import.meta.url),
      "utf8",
    );
    const validate = new Ajv2020({ strictTypes: false }).compile(JSON.parse(text) as object);
    const plan = planOf(withChange(edge, "30 10 * * *", "0 5 * * 1"));
    validate(JSON.parse(renderPlanJson(planOf(goodFiles, {}))));
    expect(validate.errors).toBeNull();
    validate(JSON.parse(renderPlanJson(plan)));
    expect(validate.errors).toBeNull();
  });

  test("lets nobody's text out of its code span or its line", () => {
    const hostile = '"`@everyone` | <!-- x --> **b**\\n# title \\e[31m"';
    const plan = planOf(withChange(edge, "branch: master", `branch: ${hostile}`));
    const markdown = renderPlanMarkdown(plan);
    expect(markdown).toContain(
      "| `` `@everyone` \\| <!-- x --> **b** # title  [31m `` | the stream |",
    );
    expect(markdown).not.toMatch(/^# title/m);
    expect(renderPlanText(plan)).not.toContain("\u001b");
  });
});
