import type { KeyValues } from "./types.ts";

/** A value of a secret or a config map where only a text can be used; undefined where there is none. */
export function keyText(values: KeyValues | undefined, key: string): string | undefined {
  if (values === undefined || !Object.hasOwn(values, key)) return undefined;
  const value = values[key] ?? "";
  return typeof value === "string" ? value : Buffer.from(value).toString("utf8");
}

/** All values as texts. */
export function keyTexts(values: KeyValues): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, keyText(values, key) ?? ""]));
}
