import { expect, test } from "@jest/globals";
import { grammar } from "../../src/commands/grammar.ts";
import { renderHelp } from "../../src/commands/render-help.ts";

test("every command has one row of three cells", () => {
  const rows = renderHelp()
    .split("\n")
    .filter((line) => line.startsWith("| `/"));
  expect(rows).toHaveLength(grammar.length);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});

test("help is not taken for commands when it is quoted back", async () => {
  const { parseComment } = await import("../../src/commands/parse-comment.ts");
  expect(parseComment(renderHelp())).toEqual([]);
});
