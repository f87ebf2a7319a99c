import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { renderRules } from "../../../src/streams/rules/render-rules.ts";

test("docs/rules.md is what the table of rules gives", () => {
  const page = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8");
  expect(page).toBe(renderRules());
});
