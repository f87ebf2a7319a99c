import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { once } from "node:events";
import { containerDirectory } from "./run-container.ts";

export interface LogServer {
  readonly port: number;
  close(): void;
}

/** Answers the API server where it asks a kubelet for the log of a container; `find` gives a pod's directory. */
export async function serveLogs(
  tls: { readonly cert: string; readonly key: string },
  find: (namespace: string, pod: string) => string | undefined,
): Promise<LogServer> {
  const server = createServer(tls, (request, response) => {
    const url = new URL(request.url ?? "/", "https://node");
    const [, verb, namespace = "", pod = "", container = ""] = url.pathname.split("/");
    const directory = verb === "containerLogs" ? find(namespace, pod) : undefined;
    const file =
      directory === undefined ? "" : join(containerDirectory(directory, container), "log");
    if (!existsSync(file)) {
      response.writeHead(404).end("no such container\n");
      return;
    }
    const wanted = lastLines(
      readFileSync(file, "utf8"),
      Number(url.searchParams.get("tailLines") ?? Infinity),
    );
    const limit = Number(url.searchParams.get("limitBytes") ?? Infinity);
    response
      .writeHead(200, { "content-type": "text/plain" })
      .end(Buffer.from(wanted).subarray(0, limit));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { port: address.port, close: () => server.close() };
}

function lastLines(text: string, count: number): string {
  const lines = text.split(/(?<=\n)/);
  return lines.slice(Math.max(0, lines.length - count)).join("");
}
