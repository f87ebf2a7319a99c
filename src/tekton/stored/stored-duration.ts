import { parseDuration } from "../duration.ts";
import { goDuration } from "../go-duration.ts";

/** A span of time as Go writes it again: `90m` is `1h30m0s`. What is none stays as it is. */
export function storedDuration(text: string): string {
  const parsed = parseDuration(text);
  return parsed.ok ? goDuration(parsed.value) : text;
}
