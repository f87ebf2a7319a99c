import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "@jest/globals";
import { isRecord } from "../../src/streams/json.ts";

const folder = new URL("../../schemas/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
const ajv = new Ajv2020({ strictTypes: false });
const loaded = new Map<string, Record<string, unknown>>();
for (const name of names) {
  const schema: unknown = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  if (!isRecord(schema)) throw new Error(`${name} is no object`);
  loaded.set(name, schema);
  ajv.addSchema(schema);
}

/** Every schema of a property or of a definition, with the pointer that Ajv knows it by. */
function described(schema: unknown, pointer: string): [string, Record<string, unknown>][] {
  if (!isRecord(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]): [string, Record<string, unknown>][] => {
    const at = `${pointer}/${encodeURIComponent(key)}`;
    const isMap = (key === "properties" || key === "$defs") && isRecord(value);
    const own = isMap ? Object.entries(value) : [];
    const here = own.flatMap(([name, property]): [string, Record<string, unknown>][] =>
      isRecord(property) ? [[`${at}/${encodeURIComponent(name)}`, property]] : [],
    );
    return [...here, ...(key === "examples" ? [] : described(value, at))];
  });
}

describe.each([...loaded])("schemas/%s", (_name, schema) => {
  const properties = described(schema, `${String(schema["$id"])}#`);

  test("describes every property and gives an example, its own or by reference", () => {
    const bare = properties.filter(
      ([, property]) =>
        typeof property["description"] !== "string" ||
        !("examples" in property || "$ref" in property),
    );
    expect(bare.map(([pointer]) => pointer)).toEqual([]);
    expect(properties.length).toBeGreaterThan(0);
  });

  test("gives examples that are valid", () => {
    for (const [pointer, property] of properties) {
      const examples: unknown = property["examples"] ?? [];
      if (!Array.isArray(examples)) throw new Error(`${pointer}: examples is no list`);
      const validate = ajv.getSchema(pointer);
      for (const example of examples as unknown[]) {
        if (validate === undefined) throw new Error(`${pointer} is no schema`);
        void validate(example);
        expect([pointer, validate.errors ?? null]).toEqual([pointer, null]);
      }
    }
  });
});
