import { setTimeout as pause } from "node:timers/promises";
import PQueue from "p-queue";
import type { SharedLocks } from "../store/shared-locks.ts";

/** Runs one task at a time for each key, many keys side by side. */
export interface KeyedLock {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** The same where no other process runs one for the key; false where one does, and then nothing is done. */
  tryRun(key: string, task: () => Promise<void>): Promise<boolean>;
}

const firstPauseMs = 5;
const longestPauseMs = 100;

/**
 * A lock that forgets a key as soon as nobody waits for it. With shared locks, the keys are those of all processes; in
 * front of them each process asks for a key once at a time.
 */
export function createKeyedLock(shared?: SharedLocks): KeyedLock {
  const queues = new Map<string, PQueue>();

  async function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = queues.get(key) ?? new PQueue({ concurrency: 1 });
    queues.set(key, queue);
    try {
      return await queue.add(task, { throwOnTimeout: true });
    } finally {
      if (queue.size === 0 && queue.pending === 0) queues.delete(key);
    }
  }

  if (shared === undefined)
    return {
      run: inTurn,
      async tryRun(key, task) {
        await inTurn(key, task);
        return true;
      },
    };
  return {
    run: (key, task) =>
      inTurn(key, async () => {
        let wait = firstPauseMs;
        while (!(await shared.tryTake(key))) {
          await pause(wait);
          wait = Math.min(wait * 2, longestPauseMs);
        }
        return task().finally(() => shared.release(key));
      }),
    tryRun: (key, task) =>
      inTurn(key, async () => {
        if (!(await shared.tryTake(key))) return false;
        await task().finally(() => shared.release(key));
        return true;
      }),
  };
}
