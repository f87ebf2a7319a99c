import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findRepository } from "../../src/cli/find-repository-root.ts";
import { createRepository } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository({ "src/streams/read.ts": "", "src/tekton/parse.ts": "" });
});
afterEach(() => repository.remove());

test("takes no folders of sources for a streams repository", () => {
  expect(findRepository(join(repository.root, "src"))).toBeUndefined();
});

test.each([
  "streams/edge.yaml",
  "streams/channels/next/channel.yaml",
  "tekton/tasks/build.yml",
  ".github/okd-streams.yml",
])("knows a streams repository by %s", (path) => {
  repository.write(path, "a: 1\n");
  const { root } = repository;
  expect(findRepository(root)).toEqual({ root, part: "" });
  expect(findRepository(join(root, "src"))).toEqual({ root, part: "src" });
});
