import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { git, gitEnvironment } from "./run-git.ts";

export interface BackendRequest {
  readonly method: string;
  /** Below the repository, such as /info/refs. */
  readonly path: string;
  readonly query: string;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Header Git-Protocol: which version the client speaks. */
  readonly protocol: string | undefined;
  readonly body: Readable | undefined;
}

/** Lets git's own http-backend (a CGI program) answer a request for a repository. */
export async function answerWithHttpBackend(
  directory: string,
  request: BackendRequest,
): Promise<Response> {
  const program = join(await git(directory, ["--exec-path"]), "git-http-backend");
  const child = spawn(program, [], {
    cwd: directory,
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: "1",
      REQUEST_METHOD: request.method,
      PATH_INFO: request.path,
      QUERY_STRING: request.query,
      CONTENT_TYPE: request.contentType ?? "",
      ...(request.contentEncoding === undefined
        ? {}
        : { HTTP_CONTENT_ENCODING: request.contentEncoding }),
      ...(request.protocol === undefined ? {} : { GIT_PROTOCOL: request.protocol }),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  // The backend may close its input early; its answer tells why.
  child.stdin.on("error", () => undefined);
  if (request.body === undefined) child.stdin.end();
  else request.body.pipe(child.stdin);
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(child.stdout)) {
    if (chunk instanceof Buffer) chunks.push(chunk);
  }
  return parseCgi(Buffer.concat(chunks));
}

const blankLine = Buffer.from("\r\n\r\n");

function parseCgi(output: Buffer): Response {
  const end = output.indexOf(blankLine);
  if (end < 0) return new Response("git http-backend gave no answer", { status: 500 });
  const headers = new Headers();
  let status = 200;
  for (const line of output.subarray(0, end).toString("latin1").split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number(value.slice(0, 3));
    else headers.set(name, value);
  }
  const body = new Uint8Array(output.subarray(end + blankLine.length));
  return new Response(body, { status, headers });
}
