import { failed, ok, type Problem, type Result } from "../problem.ts";

export interface AskOptions {
  /** Whether the operator lets the bot ask this address. */
  readonly isAllowed: (url: URL) => boolean;
  readonly timeoutMs: number;
}

export interface Question {
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  /** A longer answer is none. */
  readonly maximumBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

const mostRedirects = 3;

/**
 * One answer of a registry. Redirections are followed to allowed addresses only, and credentials never leave the address
 * that they were given for.
 */
export async function ask(
  url: URL,
  { method, headers, maximumBytes }: Question,
  { isAllowed, timeoutMs }: AskOptions,
): Promise<Result<Answer>> {
  const signal = AbortSignal.timeout(timeoutMs);
  let at = url;
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      if (!isAllowed(at)) return failed(refused(url, at));
      const sent = new Headers({ ...headers });
      if (at.origin !== url.origin) sent.delete("authorization");
      const response = await fetch(at, {
        method,
        headers: sent,
        redirect: "manual",
        signal,
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) {
        const body = await readLimited(response, maximumBytes);
        if (body === undefined) return failed(unavailable(url, "its answer is too long"));
        return ok({ status: response.status, headers: response.headers, body });
      }
      await response.body?.cancel();
      at = new URL(location, at);
    }
    return failed(unavailable(url, "it redirects again and again"));
  } catch (error) {
    return failed(unavailable(url, reasonOf(error)));
  }
}

async function readLimited(response: Response, maximum: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> | null = response.body;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > maximum) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function refused(url: URL, to: URL): Problem {
  return {
    kind: "refused",
    where: url.host,
    what: `The registry sends the bot to ${to.origin}, which it may not ask.`,
    next: "The bot's operator adds that address to `registries` in the server file, if it is right.",
  };
}

function unavailable(url: URL, why: string): Problem {
  return {
    kind: "unavailable",
    where: url.host,
    what: `The registry did not answer: ${why}.`,
    next: "It is asked again.",
  };
}

/** fetch hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
