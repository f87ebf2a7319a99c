import { decodeText } from "../../yaml/decode-text.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";

/**
 * The data of texts as one JSON list; null for a text that is no single document of YAML without a fault, or whose data
 * JSON can't hold. Those are read where their mistakes are told.
 */
export function parseChunk(contents: readonly Uint8Array[]): string {
  return `[${contents.map(parseContent).join(",\n")}]`;
}

function parseContent(content: Uint8Array): string {
  const text = decodeText(content);
  if (!text.ok) return "null";
  const { documents, problems } = parseYaml("", text.value);
  const [document] = documents;
  const isFaultless = document !== undefined && documents.length === 1 && problems.length === 0;
  return isFaultless && isJson(document.value) ? JSON.stringify(document.value) : "null";
}

/** Whether a value comes back from JSON as it was. */
function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isJson);
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every(isJson);
}
