import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import * as z from "zod";
import { renderHelp } from "../../src/commands/render-help.ts";
import { knownVariables } from "../../src/streams/runs/known-variables.ts";
import { readPage, tableAfter } from "./pages.ts";

const manifest = z
  .object({
    name: z.string(),
    public: z.boolean(),
    url: z.string(),
    hook_attributes: z.object({ url: z.string(), active: z.boolean() }),
    default_permissions: z.record(z.string(), z.string()),
    default_events: z.array(z.string()),
  })
  .parse(parse(readPage("app.yml").text));
const operators = readPage("docs/operators.md");

function code(cell: string | undefined): string {
  return (cell ?? "").replaceAll("`", "");
}

test("the commands are those of /help", () => {
  const help = { path: "/help", text: renderHelp() };
  expect(tableAfter(readPage("docs/maintainers.md"), "command")).toEqual(
    tableAfter(help, "command"),
  );
});

test("the permissions and events are those of app.yml", () => {
  const written = tableAfter(operators, "permission").map(([name, access = ""]) => [
    code(name),
    access,
  ]);
  expect(Object.fromEntries(written)).toEqual(manifest.default_permissions);
  const events = /^Events: ([^.]+)\./m.exec(operators.text)?.[1];
  expect(events?.split(",").map((event) => code(event).trim())).toEqual(manifest.default_events);
});

test("the link that registers the App asks for what app.yml asks for", () => {
  const link = new URL(/<(https:[^>]+settings\/apps\/new[^>]+)>/.exec(operators.text)?.[1] ?? "");
  expect(link.searchParams.getAll("events[]")).toEqual(manifest.default_events);
  link.searchParams.delete("events[]");
  expect(Object.fromEntries(link.searchParams)).toEqual({
    name: manifest.name,
    url: manifest.url,
    public: String(manifest.public),
    webhook_active: String(manifest.hook_attributes.active),
    webhook_url: manifest.hook_attributes.url,
    ...manifest.default_permissions,
  });
});

test("the variables of the environment are those that the bot reads", () => {
  const sources = ["src/server/read-environment.ts", "src/cli/config-file.ts"].map(readPage);
  const read = sources.flatMap(({ text }) =>
    [...text.matchAll(/\["([A-Z][A-Z_]+)"\]/g)].map(([, name = ""]) => name),
  );
  const written = tableAfter(operators, "variable").flatMap(([names]) => code(names).split(/,\s*/));
  expect(written.toSorted()).toEqual([...new Set(read)].toSorted());
});

test("the names in values are those that are known", () => {
  const table = tableAfter(readPage("docs/contributors.md"), "name");
  const written = table.flatMap(([names]) => code(names).match(/[a-z]+\.[A-Za-z]+/g) ?? []);
  expect(written.toSorted()).toEqual(knownVariables({ kind: "publish", upstream: [] }).toSorted());
});

const ruleSchema = z.object({
  files: z.tuple([z.string().regex(/^src\/[a-z]+\/\*\*\/\*\.ts$/)]),
  rules: z.object({
    "no-restricted-imports": z.tuple([
      z.literal("error"),
      z.object({ patterns: z.array(z.object({ regex: z.string() })) }),
    ]),
  }),
});

/** By room, the rooms that it must not import. The linter's configuration has no types. */
async function readForbiddenImports(): Promise<Map<string, string[]>> {
  const module: unknown = await import(new URL("../../eslint.config.js", import.meta.url).href);
  const config = z.object({ default: z.array(z.unknown()) }).parse(module).default;
  return new Map(
    config.flatMap((entry): [string, string[]][] => {
      const rule = ruleSchema.safeParse(entry);
      if (!rule.success) return [];
      const { patterns } = rule.data.rules["no-restricted-imports"][1];
      const names = patterns.flatMap(({ regex }) => /\+([a-z]+)\/$/.exec(regex)?.[1] ?? []);
      return [[rule.data.files[0].split("/")[1] ?? "", names]];
    }),
  );
}

test("the rooms may import what the linter allows", async () => {
  const forbidden = await readForbiddenImports();
  const rooms = tableAfter(readPage("docs/architecture.md"), "room");
  expect(rooms.map(([room]) => code(room)).toSorted()).toEqual([...forbidden.keys()].toSorted());
  for (const [name, , , may = ""] of rooms) {
    const room = code(name);
    const allowed = [...forbidden.keys()].filter(
      (other) => other !== room && forbidden.get(room)?.includes(other) === false,
    );
    expect([room, ...may.split(/,\s*/).filter((other) => other !== "")]).toEqual([
      room,
      ...allowed.toSorted(),
    ]);
  }
});

test("records and caches: every table of the database", () => {
  const files = ["src/store/first-tables.ts", "src/store/migrations.ts"];
  const migrations = files.map((file) => readPage(file).text).join("");
  const made = [...migrations.matchAll(/createTable\("([a-z_]+)"\)/g)].map(([, name = ""]) => name);
  const written = tableAfter(readPage("docs/architecture.md"), "table").map(([name]) => code(name));
  expect(written.toSorted()).toEqual(made.toSorted());
});
