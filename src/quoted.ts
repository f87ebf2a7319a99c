const longest = 80;

/** A value of others as it may stand in a message: in quotes, shortened, nothing in it that a terminal would obey. */
export function quoted(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  const visible = text.replace(/[\p{C}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
  return visible.length <= longest ? visible : `${visible.slice(0, longest)}…`;
}
