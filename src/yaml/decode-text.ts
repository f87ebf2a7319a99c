import { failed, ok, type Result } from "../problem.ts";

/** What YAML 1.2 calls not printable (section 5.1), less the line breaks and the tab. */
const notPrintable = /[^\P{Cc}\t\n\r\u0085]/u;

/**
 * The text of a file, without a byte order mark.
 * `invalid` where the bytes are no UTF-8 or hold control characters, that is, where the file is binary.
 */
export function decodeText(bytes: Uint8Array): Result<string> {
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return failed({
      kind: "invalid",
      what: "The file is no UTF-8 text.",
      next: "Save it as UTF-8; binary files have no place here.",
    });
  }
  const found = notPrintable.exec(text);
  if (found === null) return ok(text);
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const line = text.slice(0, found.index).split("\n").length;
  return failed({
    kind: "invalid",
    what: `The file holds the control character U+${code} in line ${line}.`,
    next: "Remove it; binary files have no place here.",
  });
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
