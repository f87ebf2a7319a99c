import { describe, expect, test } from "@jest/globals";
import { exampleParams, exampleStream } from "../../../src/streams/rules/example-files.ts";
import { goodFiles, repositoryOf } from "../repository-of.ts";

/** `file rule line:column` of what is found in these streams beside the good repository. */
function found(streams: Readonly<Record<string, string>>): string[] {
  return findingsOf(streams).map(
    ({ file, rule, line, column }) => `${file.slice(8, -5)} ${rule} ${line}:${column}`,
  );
}

function findingsOf(streams: Readonly<Record<string, string>>) {
  const files: Record<string, string> = { ...goodFiles };
  for (const [name, text] of Object.entries(streams)) files[`streams/${name}.yaml`] = text;
  const { findings } = repositoryOf(files);
  return findings.filter(({ severity }) => severity !== "notice");
}

function streams(params: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return Object.fromEntries(
    Object.entries(params).map(([name, given]) => [
      name,
      exampleStream(name, { build: exampleParams(given) }),
    ]),
  );
}

const okd = {
  "target-registry": "quay.io/okd",
  "s3-bucket-name": "okd-scos",
  "tag-latest": '"true"',
};

describe("streams that write to the same place", () => {
  test("are found where they push the same tag, once however many images they share", () => {
    const same = { ...okd, "release-stream": "$(stream.name)", version: '"4.21"' };
    const images = {
      ...same,
      "baseos-container-image-name": "coreos",
      "extensions-container-image-name": "coreos-extensions",
    };
    expect(found(streams({ a: images, b: images }))).toEqual(["b image-tag-shared 20:36"]);
  });

  test.each([
    ["another tag", { tag: "one" }, { tag: "two" }],
    ["another architecture", { architecture: "arm64" }, { architecture: "amd64" }],
    ["the id of the run", { tag: "$(run.id)" }, { tag: "$(run.id)" }],
    ["the time of the run", { tag: "a-$(run.time)" }, { tag: "a-$(run.time)" }],
    ["nothing pushed", { "upload-container-images": '"false"' }, {}],
  ])("are told apart by %s", (_name, one, two) => {
    const image = { "image-repository": "quay.io/okd/node" };
    expect(found(streams({ a: { ...image, ...one }, b: { ...image, ...two } }))).toEqual([]);
  });

  test("are not taken for that by the image that they start from", () => {
    const start = { "base-image-name": "quay.io/okd/node", "initial-image": "quay.io/okd/a:1" };
    expect(found(streams({ a: start, b: start }))).toEqual([]);
  });

  test("are found by the image that a release is taken from", () => {
    const from = (name: string) =>
      exampleStream(name).replace(
        /from:\n[^]*digest\n/,
        "from:\n      image: quay.io/okd/node:1\n",
      );
    expect(found({ a: from("a"), b: from("b") })).toEqual(["b image-tag-shared 19:14"]);
  });

  test("are found in three versions that upload to one folder, as in OKD", () => {
    const params = { ...okd, "release-stream": "next" };
    const files = streams({ a: params, b: params, c: params });
    expect(found(files)).toEqual(["b bucket-folder-shared 18:23", "c bucket-folder-shared 18:23"]);
    expect(findingsOf(files)[0]?.message).toContain('"a" (streams/a.yaml:18)');
  });

  test.each([
    ["no folder is known", { "release-stream": undefined }],
    ["the bucket is empty", { "s3-bucket-name": '""' }],
    ["nothing is uploaded", { "upload-bootimages": '"false"' }],
    ["the folder names the stream", { "release-stream": "next-$(stream.name)" }],
  ])("are let be where %s", (_name, change) => {
    const params = Object.fromEntries(
      Object.entries({ ...okd, "release-stream": "next", ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    expect(found(streams({ a: params, b: params }))).toEqual([]);
  });

  test("are let be where one is retired", () => {
    const build = exampleParams({ ...okd, "release-stream": "next" });
    const retired = exampleStream("a", { build, more: "  lifecycle: {state: retired}\n" });
    expect(found({ a: retired, b: exampleStream("b", { build }) })).toEqual([]);
  });
});

describe("streams that work in the same claim", () => {
  const working = (name: string, triggers: string, workspace = "shared-workspace") =>
    exampleStream(name, {
      build: `    workspaces:\n      ${workspace}: {persistentVolumeClaim: {claimName: pvc}}\n    timeouts: {pipeline: 4h}\n`,
      triggers: `    ${triggers}\n`,
    });
  const daily = (hour: number) => `{merge: false, schedule: {cron: 30 ${hour} * * *}}`;
  const triggered = (name: string, triggers: string, workspace?: string) =>
    working(name, "merge: false", workspace).replace(
      "triggers:\n    merge: false\n",
      `triggers: ${triggers}\n`,
    );

  test.each([
    ["within the time of a build", daily(6), daily(8), ["b claim-shared 15:61"]],
    ["after the time of a build", daily(6), daily(10), []],
    ["over midnight", daily(22), daily(1), ["b claim-shared 15:61"]],
    ["a schedule and a merge", daily(6), "{merge: true}", ["a claim-shared 15:61"]],
    ["two merges", "{}", "{}", ["b claim-shared 15:61"]],
    ["a schedule and people", daily(6), "{merge: false}", []],
  ])("%s", (_name, one, two, expected) => {
    expect(found({ a: triggered("a", one), b: triggered("b", two) })).toEqual(expected);
  });

  test("are let be in a workspace that is kept for several", () => {
    expect(
      found({ a: triggered("a", "{}", "registry"), b: triggered("b", "{}", "registry") }),
    ).toEqual([]);
  });

  test("are found by the param that names the claim", () => {
    const build = exampleParams({ claimname: "pvc" });
    const files = Object.fromEntries(
      ["a", "b"].map((name) => [
        name,
        exampleStream(name, { build, triggers: "    merge: true\n" }),
      ]),
    );
    expect(found(files)).toEqual(["b claim-shared 15:18"]);
  });
});

describe("names of releases", () => {
  const named = (name: string, nameTemplate: string) => exampleStream(name, { nameTemplate });

  test.each([
    ["the same template", "4.21.0-0.okd-$(run.time)", ["b release-name-shared 17:19"]],
    [
      "the same after the version",
      "$(stream.version).0-0.okd-$(run.time)",
      ["b release-name-shared 17:19"],
    ],
    ["the stream's own", "4.21.0-0.$(stream.name)-$(run.time)", []],
    ["the run's own", "4.21.0-0.okd-$(run.id)", []],
  ])("%s", (_name, template, expected) => {
    expect(found({ a: named("a", template), b: named("b", template) })).toEqual(expected);
  });
});

describe("params left to a default", () => {
  const next = { variant: "c9s", "release-stream": "next" };

  test("are found where the siblings give them: the silent release-stream of OKD", () => {
    const files = streams({
      a: next,
      b: { ...next, "release-stream": "stable" },
      c: { variant: "c9s" },
    });
    expect(found(files)).toEqual(["c sibling-default 14:5"]);
    expect(findingsOf(files)[0]?.message).toBe(
      '"release-stream" is left to the pipeline\'s default, and other streams of this pipeline give it: "next" by "a" (streams/a.yaml:16), "stable" by "b" (streams/b.yaml:16).',
    );
  });

  test("are found at the misspelt name that took their place", () => {
    const files = streams({ a: next, b: next, c: { variant: "c9s", "relase-stream": "next" } });
    expect(found(files)).toEqual(["c sibling-default 16:7"]);
    expect(findingsOf(files)[0]?.fix?.edits.map(({ newText }) => newText)).toEqual([
      "release-stream",
    ]);
  });

  test("are let be where only some give them, or none but one", () => {
    const few = { variant: "c9s" };
    expect(found(streams({ a: next, b: next, c: few, d: few }))).toEqual([]);
    expect(found(streams({ a: next, b: few }))).toEqual([]);
  });

  test("are told with the default that is known, and let be where all give just that", () => {
    const build = (name: string, params: Readonly<Record<string, string>>) =>
      exampleStream(name, { build: exampleParams({ branch: "master", ...params }) })
        .replace("name: okd-coreos", "path: tekton/pipelines/build.yaml")
        .replace("  triggers:", "    workspaces: {registry: {emptyDir: {}}}\n  triggers:");
    const files = {
      a: build("a", { "tag-latest": '"true"' }),
      b: build("b", { "tag-latest": '"true"' }),
      c: build("c", { "tag-latest": '"true"' }),
      d: build("d", { "tag-latest": '"true"' }),
    };
    // The stream of the good repository is their sibling.
    expect(found(files)).toEqual(["edge sibling-default 14:5"]);
    expect(findingsOf(files)[0]?.message).toContain('its default, "false"');
    const defaults = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replace('"true"', '"false"')]),
    );
    expect(found(defaults)).toEqual([]);
  });
});
