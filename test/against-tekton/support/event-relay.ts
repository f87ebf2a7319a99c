import { once } from "node:events";
import { createServer } from "node:http";

/** Stands between Tekton and the bot, and may lose events or pass each on several times. */
export interface EventRelay {
  readonly url: string;
  /** The types of the events that came in. */
  readonly seen: readonly string[];
  /** How often each event is passed on from now on. */
  pass(times: number): void;
  close(): Promise<void>;
}

/** Passes each event on once, until told otherwise. */
export async function startEventRelay(target: string): Promise<EventRelay> {
  const seen: string[] = [];
  let times = 1;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headers).flatMap(
        ([name, value]): [string, string][] =>
          typeof value === "string" && /^(ce-|content-type$)/.test(name) ? [[name, value]] : [],
      );
      seen.push(headers.find(([name]) => name === "ce-type")?.[1] ?? "");
      response.writeHead(202).end();
      const body = Buffer.concat(chunks);
      for (let sent = 0; sent < times; sent += 1)
        // Whether it arrived is nobody's business here: events are hints.
        fetch(target, { method: "POST", headers, body }).catch(() => undefined);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    seen,
    pass(wanted) {
      times = wanted;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
