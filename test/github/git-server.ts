import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerWithHttpBackend } from "../../src/sandbox/git/http-backend.ts";

/** A repository served over loopback HTTP as GitHub does it: any commit may be asked for. */
export interface GitServer {
  readonly url: string;
  /** Paths that were asked for, without queries. */
  readonly asked: string[];
  /** Answers in the repository's stead, until it is set back to undefined. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

/** Serves the repository in the folder under /okd/pipelines.git. */
export async function startGitServer(repository: string): Promise<GitServer> {
  const prefix = "/okd/pipelines.git";
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://127.0.0.1");
    gitServer.asked.push(pathname);
    if (gitServer.instead !== undefined) {
      gitServer.instead(request, response);
      return;
    }
    const { headers, method = "GET" } = request;
    const asked = {
      method,
      path: pathname.slice(prefix.length),
      query: search.slice(1),
      contentType: headers["content-type"],
      contentEncoding: headers["content-encoding"],
      protocol: headers["git-protocol"]?.toString(),
      body: method === "POST" ? request : undefined,
    };
    void answerWithHttpBackend(`${repository}/.git`, asked).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const gitServer: GitServer = {
    url: `http://127.0.0.1:${port}${prefix}`,
    asked: [],
    instead: undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return gitServer;
}
