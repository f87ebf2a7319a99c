import { decodeText } from "../../yaml/decode-text.ts";
import type { RepositoryFile } from "../repository.ts";
import { findSilences, silenceMark } from "./find-silences.ts";
import type { Silence } from "./silence.ts";

const none: readonly Silence[] = [];
const mark = Buffer.from(silenceMark);
const known = new WeakMap<RepositoryFile, readonly Silence[]>();

/** The comments of a YAML file that silence rules; cheap for a file that has none. */
export function silencesOf(file: RepositoryFile): readonly Silence[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const silences = readSilences(file);
  known.set(file, silences);
  return silences;
}

function readSilences({ path, content }: RepositoryFile): readonly Silence[] {
  if (content === undefined) return none;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!bytes.includes(mark)) return none;
  const text = decodeText(content);
  return text.ok ? findSilences(path, text.value) : none;
}
