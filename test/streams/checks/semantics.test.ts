import { describe, expect, test } from "@jest/globals";
import {
  exampleChannel,
  exampleParams,
  exampleStream,
  exampleTask,
} from "../../../src/streams/rules/example-files.ts";
import type { StreamsSettings } from "../../../src/streams/types.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { applyTextEdits } from "../../../src/yaml/text-edit.ts";
import { fileOf, goodFiles, now, repositoryOf, withChange } from "../repository-of.ts";

const edge = "streams/edge.yaml";
const next = "streams/channels/next/channel.yaml";

function found(files: Readonly<Record<string, string>>): string[] {
  return repositoryOf(files)
    .findings.filter(({ severity }) => severity !== "notice")
    .map(({ rule, line, column }) => `${rule} ${line}:${column}`);
}

function messages(files: Readonly<Record<string, string>>): string[] {
  return repositoryOf(files)
    .findings.filter(({ severity }) => severity !== "notice")
    .map(({ message, help }) => `${message} ${help}`);
}

/** The stream with more under `spec`, before its triggers in line 20. */
function withMore(more: string) {
  return withChange(edge, "  triggers:", `${more}\n  triggers:`);
}

const promotion = "    approvals:\n      minimum";
const withFreezes = (freezes: string) =>
  withChange(next, promotion, `    freezes: ${freezes}\n${promotion}`);
const freeze = (from: string, to: string) => `{from: ${from}, to: ${to}, reason: x}`;

describe("rules of one stream", () => {
  test.each([
    [
      "a schedule within the hour of a build",
      "30 10 * * *",
      '"*/10 * * * *"',
      "schedule-too-frequent 22:13",
    ],
    ["two instants within an hour", "30 10 * * *", "0,59 6 * * 1", "schedule-too-frequent 22:13"],
    ["an instant after midnight", "30 10 * * *", "15 0,23 * * *", []],
    [
      "minutes to midnight and after",
      "30 10 * * *",
      "0,50 0,23 * * 1-5",
      "schedule-too-frequent 22:13",
    ],
    ["the same on one day of the week", "30 10 * * *", "0 0,23 * * 1", []],
    ["every hour for builds of an hour", "30 10 * * *", "0 * * * *", []],
    ["31 April", "30 10 * * *", "0 6 31 4,6,9,11 *", "schedule-never-fires 22:13"],
    ["31 April or a Monday", "30 10 * * *", "0 6 31 4 1", []],
    ["29 February", "30 10 * * *", "0 6 29 2 *", []],
    ["a name of a day", "30 10 * * *", "0 6 * * MON", []],
    ["no such name", "30 10 * * *", "0 6 * * MOO", "schedule-cron-invalid 22:13"],
    [
      "a city for a time zone",
      "30 10 * * *",
      "30 10 * * *\n      timeZone: Berlin",
      "time-zone-unknown 23:17",
    ],
    [
      "a zone and a cron that are both wrong",
      "30 10 * * *",
      "61 10 * * *\n      timeZone: Berlin",
      ["schedule-cron-invalid 22:13", "time-zone-unknown 23:17"],
    ],
    ["a template without a time", "$(run.time)", "x", "release-name-repeats 24:19"],
    [
      "a template with the commit only",
      "$(run.time)",
      "$(run.commit)",
      "release-name-repeats 24:19",
    ],
    ["a template with the id", "$(run.time)", "$(run.id)", []],
    [
      "a template that is too long",
      "edge-$(run.time)",
      "$(run.id)-$(run.id)",
      "release-name-invalid 24:19",
    ],
    [
      "a template that nothing can be published by",
      "$(stream.version).0-0.okd-scos-edge",
      "okd-scos-edge",
      "release-name-unpublishable 24:19",
    ],
    [
      "the version of another branch",
      "branch: master",
      "branch: release-4.20",
      "version-contradicts 15:15",
    ],
    ["the branch of the version", "branch: master", "branch: release-4.21", []],
    ["a tag of a version with three numbers", "branch: master", "branch: v4.21.3", []],
    ["the title of another version", "title: Edge", "title: Edge 4.20", "version-contradicts 6:10"],
    ["two versions in a title", "title: Edge", "title: From 4.20 to 4.21", []],
    [
      "the claim of another version",
      "claimName: registry",
      "claimName: scos-4.20-pvc",
      "version-contradicts 19:22",
    ],
    [
      "another system's release name",
      "okd-scos-edge",
      "okd-fcos-edge",
      "operating-system-contradicts 24:19",
    ],
    [
      "tasks longer than the run",
      "    workspaces:",
      "    timeouts: {pipeline: 2h, tasks: 3h}\n    workspaces:",
      "timeouts-contradict 16:37",
    ],
    [
      "tasks longer than an hour",
      "    workspaces:",
      "    timeouts: {tasks: 90m}\n    workspaces:",
      "timeouts-contradict 16:23",
    ],
    [
      "tasks and finally tasks longer together",
      "    workspaces:",
      "    timeouts: {pipeline: 2h, tasks: 90m, finally: 31m}\n    workspaces:",
      "timeouts-contradict 16:51",
    ],
    [
      "no limit",
      "    workspaces:",
      '    timeouts: {pipeline: "0", tasks: 9h}\n    workspaces:',
      [],
    ],
    [
      "memory without a unit",
      "    workspaces:",
      '    needs: {memory: "16"}\n    workspaces:',
      "quantity-too-small 16:21",
    ],
    [
      "storage of kibibytes",
      "          claimName: registry",
      "          claimName: registry\n      cache:\n        volumeClaimTemplate: {storage: 40Ki}",
      "quantity-too-small 21:40",
    ],
  ] as const)("finds %s", (_name, from, to, expected) => {
    const list = typeof expected === "string" ? [expected] : [...expected];
    expect(found(withChange(edge, from, to))).toEqual(list);
  });

  test.each([
    [
      "an end of life that is over",
      "  lifecycle: {state: active, endOfLife: 2026-11-19}",
      ["end-of-life-passed 20:41"],
    ],
    ["an end of life today", "  lifecycle: {state: active, endOfLife: 2026-11-20}", []],
    [
      "an end of life that is no day",
      "  lifecycle: {state: active, endOfLife: 2027-02-30}",
      ["schema-value 20:41"],
    ],
    ["a team as maintainer", '  maintainers: [ann, "@okd/team"]', ["maintainer-is-team 20:22"]],
    ["a maintainer twice", "  maintainers: [ann, Ann]", ["person-duplicate 20:22"]],
  ] as const)("finds %s", (_name, more, expected) => {
    expect(found(withMore(more))).toEqual([...expected]);
  });

  test("tells a version that everything else contradicts once", () => {
    const text = exampleStream("node-4-20", {
      build: "    params:\n      branch: release-4.20\n",
    }).replace("An example", "Nodes of 4.20");
    expect(found({ ...goodFiles, "streams/node-4-20.yaml": text })).toEqual([
      "version-contradicts 7:12",
    ]);
  });

  test("offers the time zone of a city, and the value that was meant", () => {
    const zone = withChange(edge, "30 10 * * *", "30 10 * * *\n      timeZone: europe/Berln");
    const [wrong] = repositoryOf(zone).findings.filter(({ rule }) => rule === "time-zone-unknown");
    expect(wrong?.fix?.edits.map(({ newText }) => newText)).toEqual(["Europe/Berlin"]);
    const variable = withChange(edge, "branch: master", "branch: a-$(stream.verison)");
    const [misspelt] = repositoryOf(variable).findings.filter(
      ({ rule }) => rule === "variable-unknown",
    );
    expect(applyTextEdits(variable[edge]!, misspelt?.fix?.edits ?? [])).toContain(
      "branch: a-$(stream.version)\n",
    );
  });

  test("offers a login without its @, and the fields of a cron expression", () => {
    const [login] = repositoryOf(withMore('  maintainers: ["@octocat"]')).findings;
    expect(login).toMatchObject({ rule: "schema-value", line: 20, column: 17 });
    const edits = login?.fix?.edits ?? [];
    expect(applyTextEdits(withMore('  maintainers: ["@octocat"]')[edge]!, edits)).toContain(
      '  maintainers: ["octocat"]\n',
    );
    expect(messages(withChange(edge, "30 10 * * *", "0 30 10 * * *"))).toEqual([
      expect.stringContaining("five fields, from the minute on, without seconds"),
    ]);
  });

  test("explains values of Tekton, and of streams that are not followed", () => {
    expect(messages(withChange(edge, "branch: master", "branch: $(params.branch)"))).toEqual([
      expect.stringContaining("That is Tekton's"),
    ]);
    expect(messages(withChange(edge, "branch: master", "branch: $(upstream.hpc.digest)"))).toEqual([
      expect.stringContaining('add "hpc" to `triggers.afterStreams`'),
    ]);
  });
});

describe("rules of channels", () => {
  test.each([
    [
      "a freeze within another",
      `[${freeze("2026-12-20", "2027-01-06")}, ${freeze("2026-12-24", "2026-12-26")}]`,
      ["freeze-within-another 13:69"],
    ],
    [
      "a freeze twice",
      `[${freeze("2026-12-20", "2027-01-06")}, ${freeze("2026-12-20", "2027-01-06")}]`,
      ["freeze-within-another 13:69"],
    ],
    [
      "freezes that overlap in part",
      `[${freeze("2026-12-20", "2027-01-06")}, ${freeze("2027-01-01", "2027-01-09")}]`,
      [],
    ],
    ["a freeze that is over", `[${freeze("2025-12-20", "2026-01-06")}]`, ["freeze-over 13:38"]],
    ["a freeze without an end", `[${freeze("2026-12-20", "2037-01-06")}]`, ["freeze-long 13:38"]],
    ["a freeze on 30 February", `[${freeze("2027-02-30", "2027-03-06")}]`, ["schema-value 13:22"]],
  ] as const)("finds %s", (_name, freezes, expected) => {
    expect(found(withFreezes(freezes))).toEqual([...expected]);
  });

  test.each([
    [
      "a soak in days for hours",
      "    approvals:",
      "    soak: 168d\n    approvals:",
      ["channel-soak-long 13:11"],
    ],
    [
      "one approver in two spellings",
      "[ann, ben, cleo]",
      "[ann, Ann, ben]",
      ["channel-approvals-impossible 14:16", "person-duplicate 15:24"],
    ],
    [
      "a source that does not exist",
      "- stream: edge",
      "- stream: edge\n    - stream: egde",
      ["channel-source-unknown 9:15"],
    ],
  ] as const)("finds %s", (_name, from, to, expected) => {
    expect(found(withChange(next, from, to))).toEqual([...expected]);
  });

  test("tells each circle by itself, and a stream or channel that follows itself in words", () => {
    const after = (name: string, other: string) =>
      exampleStream(name, { triggers: `    merge: false\n    afterStreams: [${other}]\n` });
    const files = {
      ...goodFiles,
      "streams/a.yaml": after("a", "b"),
      "streams/b.yaml": after("b", "a"),
      "streams/c.yaml": after("c", "c"),
    };
    expect(messages(files)).toEqual([
      expect.stringContaining("a after b after a"),
      expect.stringContaining('"c" follows itself'),
    ]);
  });

  test("lets channels of one suffix be, whose releases have other versions", () => {
    const stream = exampleStream("other").replace('"4.21"', '"5.0"');
    const channel = exampleChannel("other", { sources: ["other"], suffix: "okd-scos.ec" });
    const path = "streams/channels/other/channel.yaml";
    const files = { ...goodFiles, "streams/other.yaml": stream, [path]: channel };
    expect(found(files)).toEqual([]);
    const same = { ...files, "streams/other.yaml": exampleStream("other") };
    expect(found(same)).toEqual(["channel-names-shared 10:13"]);
  });
});

describe("files at the wrong place", () => {
  const channel = exampleChannel("a", { sources: ["edge"], suffix: "okd" });

  test.each([
    ["another ending", "streams/a.yml", exampleStream("a"), "1:1", "streams/a.yaml"],
    [
      "another ending in another folder",
      "streams/x/a.yml",
      exampleStream("a"),
      "1:1",
      "streams/a.yaml",
    ],
    [
      "a channel's folder without its file",
      "streams/channels/a.yaml",
      channel,
      "1:1",
      "streams/channels/a/channel.yaml",
    ],
    [
      "a channel among streams",
      "streams/a.yaml",
      channel,
      "2:7",
      "streams/channels/a/channel.yaml",
    ],
    ["a stream among Tekton's", "tekton/a.yaml", exampleStream("a"), "2:7", "streams/a.yaml"],
    ["a task among streams", "streams/a.yaml", exampleTask("a"), "2:7", "tekton/tasks/a.yaml"],
  ])("are told where they belong: %s", (_name, path, text, place, better) => {
    const { findings } = repositoryOf({ ...goodFiles, [path]: text });
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual([
      `file-misplaced ${place}`,
    ]);
    expect(errors[0]?.help).toContain(`${better}.`);
  });

  test("and paths that differ in capital letters only", () => {
    const files = { "tekton/a.yaml": exampleTask("a"), "tekton/A.yaml": exampleTask("b") };
    const { findings } = repositoryOf({ ...goodFiles, ...files });
    expect(findings.filter(({ severity }) => severity !== "notice")).toMatchObject([
      { rule: "file-case-collision", file: "tekton/a.yaml", line: 1, column: 1 },
    ]);
  });
});

describe("what a repository may ask for", () => {
  const text = exampleStream("a", {
    build: exampleParams({
      branch: "master",
      "repo-ref": "d4be53e847b94469932100ee1c100767f7b71edb",
      "initial-image": "quay.io/okd/scos-release:4.21",
      "source-ref": "$(run.commit)",
      "target-image": "quay.io/okd/a:1",
    }),
  });
  const files = { "streams/a.yaml": text };

  function foundUnder(rules: StreamsSettings["rules"]): string[] {
    const settings = { apiVersion: "streams.okd.io/v1alpha1", kind: "StreamsSettings" } as const;
    const list = Object.entries(files).map(([path, content]) => fileOf(path, content));
    return validateRepository(list, { now, settings: { ...settings, ...(rules && { rules }) } })
      .findings.filter(({ severity }) => severity !== "notice")
      .map(({ rule, severity, line, column }) => `${severity} ${rule} ${line}:${column}`);
  }

  test("is found by the deciding settings only", () => {
    expect(foundUnder(undefined)).toEqual([]);
    expect(foundUnder({ "revision-unpinned": "warn" })).toEqual([
      "warning revision-unpinned 15:15",
    ]);
    expect(foundUnder({ "revision-unpinned": "off", "image-unpinned": "error" })).toEqual([
      "error image-unpinned 17:22",
    ]);
  });
});
