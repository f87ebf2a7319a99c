import { buffer } from "node:stream/consumers";
import { serveHttp, type HttpServer } from "../../support/serve-http.ts";

/** Stands between Tekton and the bot, and may lose events or pass each on several times. */
export interface EventRelay extends HttpServer {
  /** The types of the events that came in. */
  readonly seen: readonly string[];
  /** How often each event is passed on from now on. */
  pass(times: number): void;
}

/** Passes each event on once, until told otherwise. */
export async function startEventRelay(target: string, host: string): Promise<EventRelay> {
  const seen: string[] = [];
  let times = 1;
  const server = await serveHttp((request, response) => {
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && /^(ce-|content-type$)/.test(name) ? [[name, value]] : [],
    );
    const passOn = (body: Buffer): void => {
      seen.push(headers.find(([name]) => name === "ce-type")?.[1] ?? "");
      response.writeHead(202).end();
      for (let sent = 0; sent < times; sent += 1)
        // Whether it arrived is nobody's business here: events are hints.
        fetch(target, { method: "POST", headers, body }).catch(() => undefined);
    };
    buffer(request).then(passOn, () => response.destroy());
  }, host);
  return {
    ...server,
    seen,
    pass(wanted) {
      times = wanted;
    },
  };
}
