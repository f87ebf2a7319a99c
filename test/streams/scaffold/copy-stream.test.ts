import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { copyStream } from "../../../src/streams/scaffold/copy-stream.ts";
import { goodFiles, repositoryOf } from "../repository-of.ts";

const path = "streams/edge.yaml";

/** A stream like `edge` with changes in its text. */
function copyOf(change: (text: string) => string, wish: { name: string; version?: string }) {
  const text = change(goodFiles[path] ?? "");
  const value = repositoryOf({ ...goodFiles, [path]: text }).streams.get("edge")?.value;
  if (value === undefined) throw new Error("the stream is not valid");
  return copyStream({ text, value }, { ...wish, localSchemas: true });
}

test("comments stay, and one that names the schema comes", () => {
  const copy = copyOf((text) => `# By hand.\n${text}# The end.\n`, { name: "kiosk" });
  expect(copy).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/schemas\/stream\.json\n# By hand\.\n/,
  );
  expect(copy).toMatch(/# The end\.\n$/);
});

test.each([
  ["its name as a word", "edge", "kiosk"],
  ["its name in a place", "quay.io/okd/scos-edge:latest", "quay.io/okd/scos-kiosk:latest"],
  ["other words", "ledger-edges", "ledger-edges"],
  ["its version", "release-4.21", "release-4.22"],
  ["its version in a longer one", "4.21.3", "4.22.3"],
  ["other numbers", "v14.210", "v14.210"],
  ["variables", "$(stream.name)-edge", "$(stream.name)-kiosk"],
])("of what a param mentions it renames: %s", (_name, before, after) => {
  const copy = copyOf((text) => text.replace("branch: master", `branch: ${before}`), {
    name: "kiosk",
    version: "4.22",
  });
  expect(parse(copy)).toMatchObject({ spec: { build: { params: { branch: after } } } });
});

test("what names something that exists stays", () => {
  const copy = copyOf((text) => text.replace("name: contents", "name: edge"), { name: "kiosk" });
  expect(parse(copy)).toMatchObject({
    spec: {
      build: { pipelineRef: { path: "tekton/pipelines/build.yaml" } },
      verify: [{ name: "edge" }],
    },
  });
});

test("a retired stream gives a copy that is not", () => {
  const copy = copyOf((text) => `${text}  lifecycle:\n    state: retired\n`, { name: "kiosk" });
  expect(copy).not.toContain("lifecycle");
});
