import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves HTTP on a free port of loopback, or of another address of this machine. */
export async function serveHttp(
  listener: RequestListener,
  host = "127.0.0.1",
): Promise<HttpServer> {
  const server = createServer(listener);
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://${host}:${address.port}/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
