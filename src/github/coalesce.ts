/**
 * Makes calls share work: one runs at a time, and all calls that come meanwhile share the one after it. The running
 * one is not shared, since it may have looked before the caller's reason came about.
 */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let waiting: Promise<T> | undefined;
  return () => {
    if (waiting !== undefined) return waiting;
    const start = () => {
      waiting = undefined;
      return work();
    };
    const next = running.then(start, start);
    waiting = next;
    running = next;
    return next;
  };
}
