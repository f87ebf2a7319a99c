import { describe, expect, test } from "@jest/globals";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { readPage, root, yamlBlocks } from "./pages.ts";

const commit = "d4be53e847b94469932100ee1c100767f7b71edb";
const url = "https://github.com/okd-project/okd-coreos-pipeline.git";
const path = "base/tekton.dev/pipelines/okd-coreos.yaml";

/** What is found in the documentation's stream with this reference in the place of its own. */
function findingsWith(pipelineRef: object): readonly string[] {
  const example = yamlBlocks(readPage("docs/contributors.md")).find(({ text }) =>
    text.includes("kind: Stream"),
  );
  const text = example?.text.replace(
    /pipelineRef:\n +path: tekton\/pipelines\/build-oci-image\.yaml/,
    `pipelineRef: ${JSON.stringify(pipelineRef)}`,
  );
  const content = new TextEncoder().encode(text);
  const file = { path: "streams/kiosk.yaml", mode: "file", size: content.length, content } as const;
  const files = [...readWorkingTree(root), file];
  return validateRepository(files, { now: new Date("2026-06-01T00:00:00Z") })
    .findings.filter((finding) => finding.file === file.path && finding.severity === "error")
    .map(({ rule }) => rule);
}

describe("what Tekton's git resolver is given", () => {
  test("may be another repository at a full commit", () => {
    expect(findingsWith({ git: { url, revision: commit, path } })).toEqual([]);
  });

  test.each([
    { revision: "main" },
    { revision: "--upload-pack=touch /tmp/x" },
    { revision: commit.slice(0, 10) },
    { revision: commit.toUpperCase() },
    { url: "file:///etc" },
    { url: "ext::sh -c id" },
    { url: "http://github.com/okd-project/okd-coreos-pipeline.git" },
    { url: "https://token@github.com/okd-project/okd-coreos-pipeline.git" },
    { url: "https://github.com/../../x" },
    { url: "--upload-pack=id" },
    { path: "../secrets.yaml" },
    { path: "/etc/passwd.yaml" },
    { path: "base/../../x.yaml" },
  ])("is never %j", (hostile) => {
    expect(findingsWith({ git: { url, revision: commit, path, ...hostile } })).toContain(
      "schema-value",
    );
  });

  test.each(["../x.yaml", "/etc/x.yaml", "tekton/../../x.yaml"])(
    "is no path %s of this repository",
    (hostile) => {
      expect(findingsWith({ path: hostile })).toContain("schema-value");
    },
  );
});
