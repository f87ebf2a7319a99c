import { parseChunk } from "./parse-chunk.ts";

/** Chunks of files in memory that threads share; each thread takes the next chunk that nobody has taken. */
export interface SharedWork {
  readonly bytes: SharedArrayBuffer;
  /** For each chunk the lengths of its files, which stand in `bytes` one after the other. */
  readonly lengths: readonly (readonly number[])[];
  /** One number: the next chunk to take. */
  readonly next: SharedArrayBuffer;
}

/** One chunk's data, as `parseChunk` gives it. */
export interface ParsedChunk {
  readonly index: number;
  readonly json: string;
}

/** The work of parsing chunks of files. */
export function shareWork(chunks: readonly (readonly Uint8Array[])[]): SharedWork {
  const contents = chunks.flat();
  const bytes = new SharedArrayBuffer(contents.reduce((sum, { length }) => sum + length, 0));
  const view = new Uint8Array(bytes);
  let offset = 0;
  for (const content of contents) {
    view.set(content, offset);
    offset += content.length;
  }
  const lengths = chunks.map((chunk) => chunk.map(({ length }) => length));
  return { bytes, lengths, next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
}

/** Parses chunk after chunk until none is left. */
export function* takeWork({ bytes, lengths, next }: SharedWork): Generator<ParsedChunk> {
  const taken = new Int32Array(next);
  const starts = startsOf(lengths);
  for (;;) {
    const index = Atomics.add(taken, 0, 1);
    const [chunk, start] = [lengths[index], starts[index]];
    if (chunk === undefined || start === undefined) return;
    yield { index, json: parseChunk(contentsOf(bytes, start, chunk)) };
  }
}

function startsOf(lengths: SharedWork["lengths"]): readonly number[] {
  let start = 0;
  return lengths.map((chunk) => {
    const here = start;
    start += chunk.reduce((sum, length) => sum + length, 0);
    return here;
  });
}

function contentsOf(
  bytes: SharedArrayBuffer,
  start: number,
  lengths: readonly number[],
): Uint8Array[] {
  let offset = start;
  return lengths.map((length) => {
    const content = new Uint8Array(bytes, offset, length).slice();
    offset += length;
    return content;
  });
}
