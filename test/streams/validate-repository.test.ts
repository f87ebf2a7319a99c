import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { maximumFileSize } from "../../src/streams/repository.ts";
import type { RepositoryFile } from "../../src/streams/repository.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { fileOf, goodFiles, now, pipelinePath, repositoryOf, withChange } from "./repository-of.ts";

const edge = "streams/edge.yaml";
const next = "streams/channels/next/channel.yaml";

/** `rule line:column` of every finding but the notices that the good repository has by design. */
function found(files: Readonly<Record<string, string>>): string[] {
  return repositoryOf(files)
    .findings.filter(({ severity }) => severity !== "notice")
    .map(({ rule, line, column }) => `${rule} ${line}:${column}`);
}

describe("validateRepository", () => {
  test("finds nothing in a good repository", () => {
    expect(found(goodFiles)).toEqual([]);
    const repository = repositoryOf(goodFiles);
    expect([...repository.streams.keys()]).toEqual(["edge"]);
    expect([...repository.channels.keys()]).toEqual(["next"]);
  });

  test.each([
    // Schema: one finding a mistake.
    ["a misspelt key", edge, "operatingSystem", "operatingSytem", ["schema-unknown-key 8:3"]],
    [
      "a misspelt key of a list",
      edge,
      "mode: blocking",
      "mod: blocking",
      ["schema-unknown-key 31:7"],
    ],
    [
      "an unknown key",
      edge,
      "  title: Edge",
      "  title: Edge\n  zzz: 1",
      ["schema-unknown-key 7:3"],
    ],
    ["a missing key", edge, "  title: Edge\n", "", ["schema-missing-key 5:1"]],
    ["a number for a version", edge, '"4.21"', "4.21", ["schema-value 7:12"]],
    ["a boolean for a param", edge, "branch: master", "branch: true", ["schema-value 15:15"]],
    [
      "a bad choice",
      edge,
      "operatingSystem: scos",
      "operatingSystem: rhcos",
      ["schema-value 8:20"],
    ],
    [
      "two references",
      edge,
      "      path: tekton",
      "      name: x\n      path: tekton",
      ["schema-value 13:7"],
    ],
    [
      "a short revision",
      edge,
      /path: tekton\S+/,
      "git: {url: https://example.org/a/b.git, revision: main, path: a.yaml}",
      ["schema-value 13:57"],
    ],
    [
      "an option as revision",
      edge,
      /path: tekton\S+/,
      'git: {url: https://example.org/a/b.git, revision: "--upload-pack=x", path: a.yaml}',
      ["schema-value 13:57"],
    ],
    [
      "a URL with a password",
      edge,
      /path: tekton\S+/,
      `git: {url: "https://u:p@example.org/a.git", revision: ${"a".repeat(40)}, path: a.yaml}`,
      ["schema-value 13:18"],
    ],
    [
      "a local URL",
      edge,
      /path: tekton\S+/,
      `git: {url: "file:///etc", revision: ${"a".repeat(40)}, path: a.yaml}`,
      ["schema-value 13:18"],
    ],
    [
      "a path that leaves the repository",
      edge,
      /path: tekton\S+/,
      "path: ../other/x.yaml",
      ["schema-value 13:13"],
    ],
    ["another name than the file's", edge, "name: edge", "name: hedge", ["name-mismatch 4:9"]],
    // Schedules.
    ["a cron that never fires", edge, "30 10 * * *", "0 0 30 2 *", ["schedule-never-fires 22:13"]],
    ["a cron out of range", edge, "30 10 * * *", "60 10 * * *", ["schedule-cron-invalid 22:13"]],
    [
      "an unknown time zone",
      edge,
      "30 10 * * *",
      "30 10 * * *\n      timeZone: Mars/Base",
      ["time-zone-unknown 23:17"],
    ],
    // Pipelines and what they are given.
    ["no such pipeline", edge, "build.yaml", "biuld.yaml", ["pipeline-not-found 13:13"]],
    [
      "a task for a pipeline",
      edge,
      "pipelines/build.yaml",
      "tasks/assemble.yaml",
      ["pipeline-not-found 13:13"],
    ],
    [
      "an unknown param",
      edge,
      "branch: master",
      "branch: master\n      color: red",
      ["param-unknown 16:7"],
    ],
    ["a misspelt param", edge, "branch: master", "brunch: master", ["param-unknown 15:7"]],
    [
      "a missing param",
      edge,
      "      branch: master",
      '      tag-latest: "true"',
      ["param-missing 14:5"],
    ],
    [
      "a value that is not allowed",
      edge,
      "branch: master",
      "branch: master\n      tag-latest: yes",
      ["param-value 16:19"],
    ],
    [
      "a param of type array",
      edge,
      "branch: master",
      "branch: master\n      batches: a",
      ["param-type 16:7"],
    ],
    [
      "a reserved param",
      edge,
      "branch: master",
      "branch: master\n      revision: abc",
      ["param-reserved 16:7"],
    ],
    [
      "an unbound workspace",
      edge,
      /workspaces:\n.*\n.*\n.*\n/,
      "workspaces: {}\n",
      ["workspace-missing 16:5"],
    ],
    [
      "an unknown workspace",
      edge,
      "      registry:",
      "      cash:\n        emptyDir: {}\n      registry:",
      ["workspace-unknown 17:7"],
    ],
    [
      "a misspelt workspace, once",
      edge,
      "      registry:",
      "      registy:",
      ["workspace-unknown 17:7"],
    ],
    [
      "an unknown result",
      edge,
      "digest: image-digest",
      "digest: image-digset",
      ["release-result-unknown 28:17"],
    ],
    [
      "an unknown value in a param",
      edge,
      "branch: master",
      "branch: $(stream.verison)",
      ["variable-unknown 15:15"],
    ],
    [
      "a release's value in a build",
      edge,
      "branch: master",
      "branch: $(release.digest)",
      ["variable-unknown 15:15"],
    ],
    ["an unknown value in a name", edge, "$(run.time)", "$(run.tiem)", ["variable-unknown 24:55"]],
    [
      "an unknown task param",
      pipelinePath,
      "- name: version",
      "- name: verzion",
      ["task-param-unknown 37:17"],
    ],
    [
      "an unknown task file",
      pipelinePath,
      "tasks/assemble.yaml",
      "tasks/asemble.yaml",
      ["pipeline-task-not-found 35:20"],
    ],
    [
      "an unknown task to wait for",
      pipelinePath,
      "[assemble]",
      "[asemble]",
      ["pipeline-task-unknown 40:18"],
    ],
    [
      "a circle of tasks",
      pipelinePath,
      "- name: assemble\n      taskRef",
      "- name: assemble\n      runAfter: [report]\n      taskRef",
      ["pipeline-cycle 26:13"],
    ],
    // Streams and channels among each other.
    [
      "an unknown stream to follow",
      edge,
      "  triggers:",
      "  triggers:\n    afterStreams: [hpc]",
      ["after-stream-unknown 21:20"],
    ],
    [
      "a stream that follows itself",
      edge,
      "  triggers:",
      "  triggers:\n    afterStreams: [edge]",
      ["after-stream-cycle 21:20"],
    ],
    ["an unknown source", next, "stream: edge", "stream: edgy", ["channel-source-unknown 8:15"]],
    [
      "a channel that feeds itself",
      next,
      "- stream: edge",
      "- channel: next",
      ["channel-cycle 8:16"],
    ],
    [
      "a verification nobody has",
      next,
      "[contents]",
      "[upgrade]",
      ["channel-verification-unknown 12:16"],
    ],
    [
      "too few approvers",
      next,
      "[ann, ben, cleo]",
      "[ann, ben]",
      ["channel-approvals-impossible 14:16"],
    ],
    ["no approvers at all", next, "[ann, ben, cleo]", "[]", ["channel-approvals-impossible 14:16"]],
    [
      "a freeze that ends first",
      next,
      "    approvals:",
      "    freezes: [{from: 2027-01-06, to: 2026-12-20, reason: x}]\n    approvals:",
      ["freeze-ends-before-it-begins 13:38"],
    ],
    [
      "a freeze on a day that does not exist",
      next,
      "    approvals:",
      "    freezes: [{from: 2027-13-06, to: 2027-12-20, reason: x}]\n    approvals:",
      ["schema-value 13:22"],
    ],
  ] as const)("finds %s at its place", (_name, path, from, to, expected) => {
    expect(found(withChange(path, from, to)).toSorted()).toEqual([...expected].toSorted());
  });

  test("allows a freeze of one day, and a team as approvers", () => {
    const freeze = withChange(
      next,
      "    approvals:",
      "    freezes: [{from: 2026-12-24, to: 2026-12-24, reason: x}]\n    approvals:",
    );
    expect(found(freeze)).toEqual([]);
    expect(found(withChange(next, "[ann, ben, cleo]", '["@okd/team"]'))).toEqual([]);
  });

  test("tells a retired source, an orphaned release, and rules that can't be set", () => {
    const retired = withChange(edge, "  triggers:", "  lifecycle: {state: retired}\n  triggers:");
    expect(found(retired)).toEqual(["channel-source-retired 8:15", "trigger-of-retired 22:5"]);
    const release = `apiVersion: streams.okd.io/v1alpha1\nkind: ChannelRelease\nmetadata: {name: lost}\nspec: {name: 4.21.0-okd-scos.1, stream: edge, release: 4.21.0-0.x, pullSpec: quay.io/x, digest: "sha256:${"a".repeat(64)}", promotion: {requestedBy: ann}}\n`;
    expect(found({ ...goodFiles, "streams/channels/lost/release.yaml": release })).toEqual([
      "channel-release-orphan 3:18",
    ]);
    const settings =
      "apiVersion: streams.okd.io/v1alpha1\nkind: StreamsSettings\nrules:\n  yaml-syntax: off\n  parm-unknown: off\n";
    expect(found({ ...goodFiles, ".github/okd-streams.yml": settings })).toEqual([
      "settings-rule-unknown 4:3",
      "settings-rule-unknown 5:3",
    ]);
  });

  test("tells all three mistakes of a stream at once, each with how to mend it", () => {
    const text = goodFiles[edge]!.replace("operatingSystem", "operatingSytem")
      .replace("branch: master", "branch: master\n      brunch: x")
      .replace("30 10 * * *", "0 0 30 2 *");
    const { findings, streams } = repositoryOf({ ...goodFiles, [edge]: text });
    expect(streams.size).toBe(0);
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(
      errors.map(({ rule, line, column, endLine, endColumn }) => [
        rule,
        line,
        column,
        endLine,
        endColumn,
      ]),
    ).toEqual([
      ["schema-unknown-key", 8, 3, 8, 17],
      ["param-unknown", 16, 7, 16, 13],
      ["schedule-never-fires", 23, 13, 23, 23],
    ]);
    expect(errors.map(({ help }) => help)).toEqual([
      'Did you mean "operatingSystem"?',
      expect.stringMatching(/branch/),
      expect.stringMatching(/Choose a day/),
    ]);
  });

  test("finds mistakes below a misspelt key, at their own place", () => {
    const text = goodFiles[edge]!.replace("triggers:", "trigers:").replace(
      "30 10 * * *",
      "0 0 30 2 *",
    );
    expect(found({ ...goodFiles, [edge]: text })).toEqual([
      "schema-unknown-key 20:3",
      "schedule-never-fires 22:13",
    ]);
  });

  test.each<[string, RepositoryFile, string]>([
    ["a symbolic link", { path: "streams/a.yaml", mode: "symlink", size: 9 }, "file-symlink"],
    ["a submodule", { path: "streams/a", mode: "submodule", size: 0 }, "file-symlink"],
    ["5 MB", { path: "streams/a.yaml", mode: "file", size: 5_000_000 }, "file-too-large"],
    [
      "one byte too much",
      { path: "tekton/a.yaml", mode: "file", size: maximumFileSize + 1 },
      "file-too-large",
    ],
    [
      "a binary",
      { path: "streams/a.yaml", mode: "file", size: 3, content: Uint8Array.of(1, 0, 255) },
      "file-binary",
    ],
    ["a space", fileOf("streams/a b.yaml", "a: 1"), "file-path"],
    ["two dots", fileOf("streams/../a.yaml", "a: 1"), "file-path"],
    ["a line break", fileOf("streams/a\n.yaml", "a: 1"), "file-path"],
    ["another ending", fileOf("streams/a.yml", "a: 1"), "file-misplaced"],
    ["another folder", fileOf("streams/more/a.yaml", "a: 1"), "file-misplaced"],
    ["broken YAML", fileOf("streams/a.yaml", "a: [1"), "yaml-syntax"],
    ["an empty file", fileOf("streams/a.yaml", ""), "yaml-syntax"],
    ["a list", fileOf("streams/a.yaml", "- 1"), "schema-value"],
    ["a scalar", fileOf("streams/a.yaml", "hello"), "schema-value"],
    [
      "two documents",
      fileOf("streams/edge.yaml", `${goodFiles[edge]!}---\na: 1\n`),
      "yaml-documents",
    ],
    [
      "a broken Pipeline",
      fileOf(
        "tekton/p.yaml",
        "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: {tusks: []}\n",
      ),
      "tekton-unknown-field",
    ],
  ])("answers %s with a finding at the file", (_name, file, rule) => {
    const files = Object.entries(goodFiles)
      .filter(([path]) => path !== file.path)
      .map(([path, text]) => fileOf(path, text));
    const { findings } = validateRepository([...files, file], { now });
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(errors.map((finding) => [finding.rule, finding.file])).toContainEqual([rule, file.path]);
  });

  test("lets the default branch's settings decide severities, except of fixed rules", () => {
    const files = Object.entries(withChange(edge, "branch: master", "brunch: master"));
    const settings = {
      apiVersion: "streams.okd.io/v1alpha1",
      kind: "StreamsSettings",
      rules: {
        "param-unknown": "warn",
        "pipeline-on-cluster": "off",
        "step-image-unpinned": "off",
      },
    } as const;
    const own =
      'apiVersion: streams.okd.io/v1alpha1\nkind: StreamsSettings\nrules: {param-unknown: "off"}\n';
    const all = [...files, [".github/okd-streams.yml", own] as const];
    const { findings } = validateRepository(
      all.map(([path, text]) => fileOf(path, text)),
      { now, settings },
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["param-unknown", "warning"],
    ]);
  });

  test("offers quotes only where the text in quotes would be right", () => {
    const helpOf = (change: string) =>
      repositoryOf(withChange(edge, /^ {2}build:$/m, change)).findings.map(({ help }) => help);
    const ofTimeout = helpOf("  build:\n    timeouts:\n      pipeline: 30").join();
    expect(ofTimeout).toContain('For example: "4h" or "1h30m".');
    expect(ofTimeout).not.toContain("in quotes");
    expect(helpOf("  description: 30\n  build:").join()).toContain('Put it in quotes: "30"');
  });

  test("never throws, and shows no control characters of others", () => {
    const paths = fc.constantFrom(edge, next, pipelinePath, ".github/okd-streams.yml");
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("\u001b[31m", '"\\e[31m": 1', "{", "? "),
    );
    fc.assert(
      fc.property(paths, fc.nat(), junk, (path, at, text) => {
        const good = goodFiles[path] ?? "";
        const place = at % (good.length + 1);
        const { findings } = repositoryOf({
          ...goodFiles,
          [path]: good.slice(0, place) + text + good.slice(place),
        });
        for (const { message, help } of findings) expect(message + help).not.toContain("\u001b");
      }),
      { numRuns: 300 },
    );
  });
});
