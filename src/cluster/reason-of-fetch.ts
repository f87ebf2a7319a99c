/**
 * Why fetch threw: it hides the reason in the cause, and "fetch failed" alone helps nobody. Addresses are left out, which
 * may hold credentials: comments that everybody reads quote this.
 */
export function reasonOfFetch(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return reason.replaceAll(/[a-z][-+.a-z0-9]*:\/\/\S+/gi, "(its address)");
}
