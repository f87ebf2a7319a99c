const longestText = 200;
/** In its quotes, with what stands between two. */
const shortestName = 5;

/** A code span whose fence is longer than any run of backticks inside: nothing in it is Markdown or a mention. */
export function code(text: string, longest = longestText): string {
  const plain = text.replace(/[\r\n\p{Cc}]+/gu, " ");
  const line = plain.length <= longest ? plain : `${plain.slice(0, longest)}…`;
  const fence = "`".repeat(longestRun(line) + 1);
  const space = longestRun(line) > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** In a table a bar ends the cell even inside a code span. */
export function cell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** A code block whose fence is longer than any run of backticks inside. */
export function block(lines: readonly string[], language: string): string {
  const text = lines.join("\n");
  const fence = "`".repeat(Math.max(longestRun(text) + 1, 3));
  return [`${fence}${language}`, text, fence].join("\n");
}

/** Something to open; `summary` is Markdown of ours. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A list under a title, as far as it fits into so many bytes; empty where there are no items. */
export function list(title: string, items: readonly string[], bytes: number): string {
  if (items.length === 0) return "";
  const lines = firstWithin(
    items.map((item) => `- ${item}`),
    bytes,
  );
  const left = items.length - lines.length;
  return [`**${title}**`, "", ...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join("\n");
}

/** Names in one line, as many as fit into so many bytes. */
export function names(all: readonly string[], bytes: number): string {
  // No more could fit, and there may be ten thousand.
  const first = all.slice(0, Math.ceil(bytes / shortestName));
  const shown = firstWithin(
    first.map((name) => code(name)),
    bytes,
  );
  const left = all.length - shown.length;
  if (shown.length === 0) return `${left}`;
  return `${shown.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** The first texts that fit into so many bytes, with two more for what stands between them. */
export function firstWithin(texts: readonly string[], bytes: number): readonly string[] {
  let left = bytes;
  const end = texts.findIndex((text) => (left -= sizeOf(text) + 2) < 0);
  return end < 0 ? texts : texts.slice(0, end);
}

/** Bytes of UTF-8; GitHub counts characters, which are never more. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
