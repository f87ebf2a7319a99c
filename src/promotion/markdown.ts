/** A zero-width space: GitHub makes no mention and no reference of what follows it. */
const zeroWidth = "\u200B";

/** Text of others inside a line of Markdown: no mentions, references, HTML, table cells, links or code come of it. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_{}[\]|~]/g, "\\$&")
    .replace(/[@#]/g, `$&${zeroWidth}`)
    .replaceAll("://", `:${zeroWidth}//`);
}

/** A value as inline code, which no value can end or break out of a table with. */
export function code(value: string): string {
  return `\`${value.replace(/\s+/g, " ").replaceAll("`", "'").replaceAll("|", "¦")}\``;
}

/** A link whose text is code; an address that is no plain http(s) one gives the code alone. */
export function codeLink(value: string, url: string | undefined): string {
  if (url === undefined || !/^https?:\/\/[^\s()<>|]+$/.test(url)) return code(value);
  return `[${code(value)}](${url})`;
}
