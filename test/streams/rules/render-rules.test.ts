import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { renderRules } from "../../../src/streams/rules/render-rules.ts";
import { rules } from "../../../src/streams/rules/rules.ts";

const folder = new URL("../../../docs/rules/", import.meta.url);
const pages = renderRules();

test("docs/rules holds a page for each rule and the index, and nothing else", () => {
  const names = ["README.md", ...Object.keys(rules).map((id) => `${id}.md`)].sort();
  expect([...pages.keys()].sort()).toEqual(names);
  expect(readdirSync(folder).sort()).toEqual(names);
});

test.each([...pages])("docs/rules/%s is what the tables of rules give", (name, page) => {
  expect(readFileSync(new URL(name, folder), "utf8")).toBe(page);
});

test("the index names each rule once", () => {
  const named = [...(pages.get("README.md") ?? "").matchAll(/^\| \[([a-z0-9-]+)\]/gm)];
  expect(named.map(([, id]) => id).sort()).toEqual(Object.keys(rules).sort());
});
