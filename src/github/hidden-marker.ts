/** The first line of a sticky comment, invisible to readers. `purpose` is ours: lower-case words, digits, `:` and `-`. */
export function hiddenMarker(purpose: string): string {
  return `<!-- okd-streams:${purpose} -->`;
}
