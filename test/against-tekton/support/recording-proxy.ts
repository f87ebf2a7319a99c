import { once } from "node:events";
import { createServer } from "node:http";

export interface RecordedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Stands before an EventListener and keeps what the bot sent to it. */
export interface RecordingProxy {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** Passes on every request, and remembers it. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
          typeof value === "string" && /^(content-type|x-)/.test(name) ? [[name, value]] : [],
        ),
      );
      const recorded = { headers, body: Buffer.concat(chunks).toString() };
      requests.push(recorded);
      void post(target, recorded).then(
        async (answer) => response.writeHead(answer.status).end(await answer.text()),
        () => response.writeHead(502).end(),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Sends a recorded request, again or changed. */
export function post(url: string, { headers, body }: RecordedRequest): Promise<Response> {
  return fetch(url, { method: "POST", headers, body });
}
