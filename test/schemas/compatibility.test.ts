import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { isRecord } from "../../src/streams/json.ts";

const names = ["stream", "channel", "channel-release", "streams-settings", "common"];

/** What a file of v1alpha1 or a program that reads one relies on, a line each: `key`, `value` and `required`. */
function promisesOf(name: string): string[] {
  const text = readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), "utf8");
  return promises(JSON.parse(text), `${name}#`);
}

function promises(schema: unknown, at: string): string[] {
  if (!isRecord(schema)) return [];
  const own = [
    ...list(schema["required"]).map((key) => `required ${at} ${key}`),
    ...list(schema["enum"]).map((value) => `value ${at} ${value}`),
    ...("const" in schema ? [`value ${at} ${String(schema["const"])}`] : []),
  ];
  const nested = ["properties", "$defs"].flatMap((keyword) => {
    const map = schema[keyword];
    if (!isRecord(map)) return [];
    return Object.entries(map).flatMap(([key, value]) => {
      const path = `${at}/${keyword}/${key}`;
      return [...(keyword === "properties" ? [`key ${path}`] : []), ...promises(value, path)];
    });
  });
  return [...own, ...nested, ...promises(schema["items"], `${at}/items`)];
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

const recorded = readFileSync(new URL("v1alpha1.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
const current = names.flatMap(promisesOf).sort();

describe("v1alpha1 (docs/schemas.md)", () => {
  test("keeps every key and every value that it ever had", () => {
    const gone = recorded.filter(
      (line) => !line.startsWith("required ") && !current.includes(line),
    );
    expect(gone).toEqual([]);
  });

  test("requires no key that it did not require before", () => {
    const places = recorded.map((line) => line.split(" ")[1] ?? "");
    const stricter = current.filter((line) => {
      const [, object] = /^required (\S+) /.exec(line) ?? [];
      // A new object may require whatever it likes.
      const isOld = places.some((place) => place.startsWith(`${object}/properties/`));
      return isOld && !recorded.includes(line);
    });
    expect(stricter).toEqual([]);
  });

  test("is recorded in test/schemas/v1alpha1.txt: add what is new there", () => {
    expect(current.filter((line) => !recorded.includes(line))).toEqual([]);
  });
});
