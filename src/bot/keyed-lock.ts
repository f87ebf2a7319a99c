import PQueue from "p-queue";

/** Runs one task at a time for each key, many keys side by side. */
export interface KeyedLock {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** A lock that forgets a key as soon as nobody waits for it. */
export function createKeyedLock(): KeyedLock {
  const queues = new Map<string, PQueue>();
  return {
    async run<T>(key: string, task: () => Promise<T>): Promise<T> {
      const queue = queues.get(key) ?? new PQueue({ concurrency: 1 });
      queues.set(key, queue);
      try {
        return await queue.add(task, { throwOnTimeout: true });
      } finally {
        if (queue.size === 0 && queue.pending === 0) queues.delete(key);
      }
    },
  };
}
