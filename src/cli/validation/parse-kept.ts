/** What a text of the cache holds; undefined where it is no JSON, as another program may have written it. */
export function parseKept(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
