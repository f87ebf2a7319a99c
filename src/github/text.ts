const zeroWidthSpace = "\u200b";

/**
 * Others' text made harmless for a comment: it mentions nobody, refers to no issue, pull request or commit, opens no
 * HTML, and hides no address behind a link or an image. It reads the same, also inside a code span.
 */
export function neutralise(text: string): string {
  return text
    .replace(/@(?=[A-Za-z0-9_-])/g, `@${zeroWidthSpace}`)
    .replace(/#(?=\d)/g, `#${zeroWidthSpace}`)
    .replace(/GH-(?=\d)/gi, (prefix) => `${prefix}${zeroWidthSpace}`)
    .replace(
      /\/(?:issues|pull|discussions|commit)\/(?=[0-9a-f])/gi,
      (path) => `${path}${zeroWidthSpace}`,
    )
    .replace(/\](?=[([])/g, `]${zeroWidthSpace}`)
    .replace(/<(?=[!/?A-Za-z])/g, `<${zeroWidthSpace}`);
}

/** A code block around any text: its fence is longer than every run of backticks inside. */
export function fence(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = "`".repeat(longest + 1);
  const end = text.endsWith("\n") ? "" : "\n";
  return `${mark}${language}\n${text}${end}${mark}`;
}

/** The text within `maximumBytes` of UTF-8, cut between characters and then ending in `mark`. */
export function cutUtf8(text: string, maximumBytes: number, mark = "…"): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= maximumBytes) return text;
  let end = Math.max(0, maximumBytes - Buffer.byteLength(mark));
  // Continuation bytes are 10xxxxxx: step back to the start of the character that would be split.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString("utf8")}${mark}`;
}

/** The text without the secrets; the longest go first, so that none leaves the rest of another behind. */
export function redact(text: string, secrets: Iterable<string>): string {
  const known = [...secrets].filter((secret) => secret.length > 0);
  known.sort((a, b) => b.length - a.length);
  return known.reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
}
