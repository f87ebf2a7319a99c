import { parentPort } from "node:worker_threads";
import { takeWork } from "./shared-work.ts";
import type { SharedWork } from "./shared-work.ts";

/** A thread of `parseChunks`: it ends when no work is left. */
parentPort?.once("message", (work: SharedWork) => {
  for (const parsed of takeWork(work)) parentPort?.postMessage(parsed);
});
