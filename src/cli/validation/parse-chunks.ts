import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { codeRoot } from "../../package-root.ts";
import { shareWork, takeWork } from "./shared-work.ts";
import type { ParsedChunk, SharedWork } from "./shared-work.ts";

/** Below this a thread takes longer to start than it saves. */
const manyFiles = 400;

/**
 * The data of chunks of texts, each as `parseChunk` gives it, parsed by this thread and as many others as there are
 * further cores. What a thread that fails had taken is parsed here, so that the outcome never depends on them.
 */
export async function parseChunks(
  chunks: readonly (readonly Uint8Array[])[],
  cores: number,
): Promise<readonly string[]> {
  const work = shareWork(chunks);
  const others = work.lengths.flat().length < manyFiles ? 0 : cores - 1;
  const theirs = Array.from({ length: others }, () => startThread(work));
  const parsed = [...takeWork(work), ...(await Promise.all(theirs)).flat()];
  const found = new Map(parsed.map(({ index, json }) => [index, json]));
  const missing = chunks.flatMap((_chunk, index) => (found.has(index) ? [] : [index]));
  const again = shareWork(missing.map((index) => chunks[index] ?? []));
  for (const { index, json } of takeWork(again)) found.set(missing[index] ?? -1, json);
  return chunks.map((_chunk, index) => found.get(index) ?? "[]");
}

async function startThread(work: SharedWork): Promise<readonly ParsedChunk[]> {
  const parsed: ParsedChunk[] = [];
  const thread = new Worker(join(codeRoot, "cli/validation/parse-worker.js"));
  thread.postMessage(work);
  thread.on("message", (message: ParsedChunk) => parsed.push(message));
  // Where a thread can't be started or dies, this one parses what is missing.
  await once(thread, "exit").catch(() => undefined);
  return parsed;
}
