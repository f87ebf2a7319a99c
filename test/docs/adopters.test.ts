import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import * as z from "zod";
import { readPage, yamlBlocks } from "./pages.ts";

const blocks = yamlBlocks(readPage("docs/contributors.md")).map(({ text }): unknown => parse(text));
const workflows = ["validate-streams", "publish-schemas"].map((name) =>
  readPage(`.github/workflows/${name}.yml`),
);

test("the step of the guide gives the action inputs that it has", () => {
  const steps = z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.string()) }));
  const [step] = blocks.flatMap((block) => steps.safeParse(block).data ?? []);
  const inputs = z
    .object({ inputs: z.record(z.string(), z.unknown()) })
    .parse(parse(readPage("action.yml").text)).inputs;
  expect(step?.uses).toBe("okd-project/okd-streams@main");
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
});

test("the hook of the guide is one that pre-commit finds, and looks at what the bot reads", () => {
  const config = z.object({
    repos: z.array(z.object({ hooks: z.array(z.object({ id: z.string() })) })),
  });
  const named = blocks.flatMap((block) => config.safeParse(block).data?.repos ?? []);
  const hooks = z
    .array(z.object({ id: z.string(), entry: z.string(), files: z.string() }))
    .parse(parse(readPage(".pre-commit-hooks.yaml").text));
  expect(named.flatMap((repo) => repo.hooks.map(({ id }) => id))).toEqual(
    hooks.map(({ id }) => id),
  );
  const files = new RegExp(hooks[0]?.files ?? "");
  const changed = [
    "streams/edge.yaml",
    "tekton/tasks/a.yaml",
    ".github/okd-streams.yml",
    "src/a.ts",
  ];
  expect(changed.map((path) => files.test(path))).toEqual([true, true, true, false]);
});

test("workflows put nothing from outside into a shell", () => {
  for (const { text } of workflows) {
    const runs = text.split("\n").filter((line) => /^\s*(- )?run:/.test(line));
    expect(runs.filter((line) => line.includes("${{"))).toEqual([]);
  }
});
