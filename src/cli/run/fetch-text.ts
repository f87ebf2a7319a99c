import { ProblemError } from "../../problem.ts";

const patience = 30_000;

function unreachable(url: string, what: string): ProblemError {
  return new ProblemError({
    kind: "not-found",
    where: url,
    what: `The URL cannot be read: ${what}.`,
    next: "Look whether the address is right, and leads to the file itself and not to a page that shows it.",
  });
}

/** What Node says of a connection stands in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** The text that an URL leads to, fetched without credentials; throws a ProblemError where there is none. */
export async function fetchText(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (response.ok) return await response.text();
    throw unreachable(url, `the server answers ${response.status} ${response.statusText}`.trim());
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw unreachable(url, reasonOf(error));
  }
}
