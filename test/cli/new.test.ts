import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { newCommand } from "../../src/cli/new.ts";
import { goodFiles, pipelinePath } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const here = process.cwd();

let repository: TestRepository;
let told: string;
beforeEach(() => {
  repository = createRepository(goodFiles);
  process.chdir(repository.root);
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.chdir(here);
  repository.remove();
});

const read = (path: string) => readFileSync(join(repository.root, path), "utf8");

describe("okd-streams new stream", () => {
  test("writes one like another, with a name and a title of its own", async () => {
    const { stdout } = await runCommand(newCommand(), "stream", "kiosk", "--from", "edge");
    expect(stdout).toBe("streams/kiosk.yaml\n");
    expect(told).toContain("okd-streams validate streams/kiosk.yaml");
    expect(parse(read("streams/kiosk.yaml"))).toMatchObject({
      metadata: { name: "kiosk" },
      spec: { title: "Edge (kiosk)", version: "4.21" },
    });
  });

  test("takes what is said of it", async () => {
    const said = ["--title", "OKD: kiosks", "--version", "4.20", "--maintainer", "ann"];
    await runCommand(newCommand(), "stream", "kiosk", "--from", "edge", ...said);
    expect(parse(read("streams/kiosk.yaml"))).toMatchObject({
      spec: { title: "OKD: kiosks", version: "4.20", maintainers: ["ann"] },
    });
  });

  test("takes a description, a pipeline that gets what it declares, and params", async () => {
    const other = read(pipelinePath)
      .replace("- name: branch", "- name: ref")
      .replace("$(params.branch)", "$(params.ref)");
    repository.write("tekton/pipelines/other.yaml", other.replace("name: build", "name: other"));
    const said = ["--description", "For shops.", "--pipeline", "tekton/pipelines/other.yaml"];
    const asked = ["kiosk", "--from", "edge", ...said, "--param", "ref=4.20"];
    const { exitCode } = await runCommand(newCommand(), "stream", ...asked);
    expect(exitCode).toBe(0);
    expect(parse(read("streams/kiosk.yaml"))).toMatchObject({
      spec: {
        description: "For shops.",
        build: { pipelineRef: { path: "tekton/pipelines/other.yaml" }, params: { ref: "4.20" } },
      },
    });
    expect(read("streams/kiosk.yaml")).not.toContain("branch");
  });

  test("writes a copy that still shares a place with the other, and says so", async () => {
    const text = read("streams/edge.yaml");
    repository.write("streams/edge.yaml", text.replace("-edge-$(run.time)", "-$(run.time)"));
    const { exitCode } = await runCommand(newCommand(), "stream", "kiosk", "--from", "edge");
    expect(exitCode).toBe(1);
    expect(told).toContain("release-name-shared");
    expect(read("streams/kiosk.yaml")).toContain("name: kiosk");
  });

  test("names the schema beside, where the repository has it", async () => {
    await runCommand(newCommand(), "stream", "kiosk", "--from", "edge");
    expect(read("streams/kiosk.yaml")).toMatch(/^# yaml-language-server: \$schema=https:/);
    repository.write("schemas/stream.json", "{}");
    await runCommand(newCommand(), "stream", "other", "--from", "edge");
    expect(read("streams/other.yaml")).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\//);
  });

  test.each([
    ["a stream that is there", ["edge", "--from", "edge"], "There is already streams/edge.yaml"],
    ["a source that is not", ["kiosk", "--from", "egde"], 'Did you mean "edge"?'],
    ["a name that is none", ["Kiosk", "--from", "edge"], 'Take "kiosk", for example.'],
    [
      "a version that is none",
      ["kiosk", "--from", "edge", "--version", "x"],
      "nothing was written",
    ],
    ["one from nothing without a pipeline", ["kiosk"], "--from: Without tekton/pipelines/build-"],
    [
      "a pipeline that is not there",
      ["kiosk", "--from", "edge", "--pipeline", "tekton/pipelines/biuld.yaml"],
      'Did you mean "tekton/pipelines/build.yaml"?',
    ],
    ["a param without a value", ["kiosk", "--from", "edge", "--param", "x"], '"x" is no param'],
  ])("refuses %s", async (_name, args, why) => {
    await expect(runCommand(newCommand(), "stream", ...args)).rejects.toThrow(why);
  });
});

describe("okd-streams new channel", () => {
  test("writes one that requires what the stream's blocking verifications are", async () => {
    await runCommand(newCommand(), "channel", "5-scos-late", "--source", "edge");
    expect(parse(read("streams/channels/5-scos-late/channel.yaml"))).toMatchObject({
      spec: {
        sources: [{ stream: "edge" }],
        naming: { suffix: "okd-scos.late" },
        promotion: { requires: ["contents"], approvals: { minimum: 0 } },
      },
    });
  });

  test("publishes as another of the same stream does", async () => {
    const channel = "streams/channels/next/channel.yaml";
    const publish = { cluster: "laptop", pipelineRef: { name: "publish" } };
    repository.write(channel, `${read(channel)}  publish: ${JSON.stringify(publish)}\n`);
    await runCommand(newCommand(), "channel", "late", "--source", "edge");
    expect(parse(read("streams/channels/late/channel.yaml"))).toMatchObject({ spec: { publish } });
  });

  test("refuses a stream that is not there", async () => {
    const called = runCommand(newCommand(), "channel", "late", "--source", "egde");
    await expect(called).rejects.toThrow('Did you mean "edge"?');
  });

  test("tells apart what the repository lacked before", async () => {
    repository.write(pipelinePath, "a: [");
    const called = runCommand(newCommand(), "channel", "late", "--source", "edge");
    expect((await called).stdout).toBe("streams/channels/late/channel.yaml\n");
  });
});
