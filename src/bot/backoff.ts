const longestMs = 5 * 60_000;

/**
 * When to try again after `attempts` failed tries: twice as long each time, at most five minutes, never before the
 * other side asked for. Level-triggered work keeps its schedule in the database, so a restart loses no pause.
 */
export function nextTry(now: Date, attempts: number, firstMs: number, retryAfterSeconds = 0): Date {
  const pause = Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 20));
  return new Date(now.getTime() + Math.max(pause, retryAfterSeconds * 1000));
}
