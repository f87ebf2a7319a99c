import { once } from "node:events";
import { createServer, request, type Server } from "node:http";

/** How one request is met: with this status, by silence until the other side gives up, or passed on. */
export type Behaviour = number | "drop" | "drop the answer" | "pass";

export interface FlakyProxy {
  readonly url: string;
  /** What came in so far. */
  readonly seen: Behaviour[];
  close(): Promise<void>;
}

/** An HTTP server before another one that meets its first requests as told, and passes on all later ones. */
export async function startFlakyProxy(
  target: string,
  behaviours: readonly Behaviour[],
): Promise<FlakyProxy> {
  const seen: Behaviour[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const behaviour = behaviours[seen.length] ?? "pass";
    seen.push(behaviour);
    if (behaviour === "drop") {
      incoming.socket.destroy();
      return;
    }
    if (typeof behaviour === "number") {
      outgoing.writeHead(behaviour, { "retry-after": "1" }).end("not now\n");
      return;
    }
    const { method, headers, url } = incoming;
    const forwarded = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
      if (behaviour === "drop the answer") {
        answer.resume();
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    seen,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
