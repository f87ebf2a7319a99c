import type { SharedLocks } from "../../src/store/shared-locks.ts";

/** The locks of several processes, without a database: each call gives those of another process. */
export function createSharedMemory() {
  const owners = new Map<string, number>();
  let processes = 0;
  return () => {
    processes += 1;
    const me = processes;
    const locks: SharedLocks = {
      tryTake(key) {
        if (!owners.has(key)) owners.set(key, me);
        return Promise.resolve(owners.get(key) === me);
      },
      release(key) {
        if (owners.get(key) === me) owners.delete(key);
        return Promise.resolve();
      },
      isTaken: (key) => Promise.resolve(owners.has(key)),
      close() {
        for (const [key, owner] of owners) if (owner === me) owners.delete(key);
        return Promise.resolve();
      },
    };
    return locks;
  };
}
