import { request, type IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { serveHttp, type HttpServer } from "./serve-http.ts";

/** How one request is met: with this status, by silence until the other side gives up, or passed on. */
export type Behaviour = number | "drop" | "drop the answer" | "pass";

export interface MetRequest {
  readonly behaviour: Behaviour;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpProxy extends HttpServer {
  /** What came in so far. */
  readonly met: readonly MetRequest[];
}

/**
 * An HTTP server before another one that remembers what comes in, meets its first requests as told, and passes on all
 * later ones.
 */
export async function startHttpProxy(
  target: string,
  behaviours: readonly Behaviour[] = [],
): Promise<HttpProxy> {
  const met: MetRequest[] = [];
  const server = await serveHttp((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const meet = (body: Buffer): void => {
      const behaviour = behaviours[met.length] ?? "pass";
      met.push({ behaviour, headers, body: body.toString() });
      if (behaviour === "drop") {
        incoming.socket.destroy();
        return;
      }
      if (typeof behaviour === "number") {
        outgoing.writeHead(behaviour, { "retry-after": "1" }).end("not now\n");
        return;
      }
      const forwarded = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
        if (behaviour === "drop the answer") {
          answer.resume();
          incoming.socket.destroy();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on("error", () => outgoing.destroy());
      forwarded.end(body);
    };
    buffer(incoming).then(meet, () => outgoing.destroy());
  });
  return { ...server, met };
}
