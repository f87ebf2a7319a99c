/** Asked again and again: the value once it is there, undefined until then. */
export type Probe<T> = () => Promise<T | undefined>;

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly everyMs: number;
}

/** What was waited for did not come; `lastError` is what the last look ran into. */
export class NotObservedError extends Error {
  constructor(what: string, options: WaitOptions, lastError: unknown) {
    super(`${what}: not observed within ${options.timeoutMs / 1000} s`, { cause: lastError });
    this.name = "NotObservedError";
  }
}

/** Waits until the probe gives a value; a probe that throws is asked again, as something may be restarting. */
export async function waitFor<T>(what: string, probe: Probe<T>, options: WaitOptions): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await new Promise((next) => setTimeout(next, options.everyMs));
  }
  throw new NotObservedError(what, options, lastError);
}
