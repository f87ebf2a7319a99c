import type { Bot } from "./bot.ts";
import type { Pass } from "./workers.ts";

/** The workers of one process, until they are stopped. */
export interface Workers {
  wake(): void;
  /** Resolves when what is in work is done; nothing new is begun. */
  stop(): Promise<void>;
}

/**
 * Runs each pass again and again beside the others: at once while there is work, else when woken, and at least every
 * `idleMs`, because a due moment in the database wakes nobody.
 */
export function runPasses(bot: Pick<Bot, "log">, passes: readonly Pass[], idleMs: number): Workers {
  let stopped = false;
  const sleepers = new Set<() => void>();
  let wakes = 0;

  function sleep(seenWakes: number): Promise<void> {
    if (stopped || wakes !== seenWakes) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        sleepers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, idleMs);
      sleepers.add(done);
    });
  }

  async function loop(pass: Pass): Promise<void> {
    while (!stopped) {
      const seenWakes = wakes;
      const taken = await pass().catch((error: unknown) => {
        bot.log.error({ err: error }, "a worker pass failed");
        return 0;
      });
      if (taken === 0) await sleep(seenWakes);
    }
  }

  const loops = passes.map(loop);
  const wake = (): void => {
    wakes += 1;
    for (const done of [...sleepers]) done();
  };
  return {
    wake,
    async stop() {
      stopped = true;
      wake();
      await Promise.all(loops);
    },
  };
}
