import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "../../src/github/git-environment.ts";
import { openMirror } from "../../src/github/open-mirror.ts";

const token = "ghs_a-very-secret.token";

let server: Server;
let url: string;
let folder: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { readonly path: string; readonly authorization: string | undefined }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "okd-streams-access-"));
  seen = [];
  server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", authorization: request.headers.authorization });
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  rmSync(folder, { recursive: true, force: true });
});

const open = () =>
  openMirror({
    directory: join(folder, "mirror"),
    gitUrl: `${url}/okd/streams.git`,
    token: () => Promise.resolve(token),
    silenceMs: 1000,
  });

const status = (code: number) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(code).end();
};

describe("git's way to GitHub", () => {
  test("carries the token in a header, and in no URL, file or message", async () => {
    answer = status(403);
    const failure = await open()
      .fetch()
      .catch((error: unknown) => error);
    const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
    expect(seen[0]).toEqual({
      path: "/okd/streams.git/info/refs?service=git-upload-pack",
      authorization: `Basic ${basic}`,
    });
    expect(failure).toMatchObject({ problem: { kind: "refused" } });
    expect(JSON.stringify(failure) + String(failure)).not.toContain(token);
    expect(String(failure)).not.toContain(basic);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const path = join(folder, name);
      if (!statSync(path).isFile()) continue;
      const content = readFileSync(path, "latin1");
      expect(content.includes(token) || content.includes(basic)).toBe(false);
    }
  });

  test.each([
    [401, "refused"],
    [404, "not-found"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("reads %i as %s, and asks nobody for a password", async (code, kind) => {
    answer = status(code);
    await expect(open().fetch()).rejects.toMatchObject({ problem: { kind } });
  });

  test("does not wait for ever", async () => {
    answer = () => undefined;
    await expect(open().fetch()).rejects.toMatchObject({ problem: { kind: "unavailable" } });
  });

  test("gives the token to no other server that it is sent to", async () => {
    const elsewhere = createServer((request, response) => {
      seen.push({ path: "elsewhere", authorization: request.headers.authorization });
      response.writeHead(404).end();
    });
    elsewhere.listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    const address = elsewhere.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    answer = (request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}${request.url ?? ""}` }).end();
    };
    await expect(open().fetch()).rejects.toMatchObject({ name: "ProblemError" });
    elsewhere.close();
    expect(seen.filter((request) => request.path === "elsewhere")).toEqual([
      { path: "elsewhere", authorization: undefined },
    ]);
  });
});

describe("the environment of git", () => {
  const access = { gitUrl: "https://g.test/a.git", token, protocols: ["https"], home: "/m" };

  test("has nothing of ours but where programs, proxies and certificates are", () => {
    const variables = {
      PATH: "/bin",
      https_proxy: "http://proxy.test",
      PRIVATE_KEY: "key",
      WEBHOOK_SECRET: "secret",
      GIT_SSH_COMMAND: "sh -c evil",
      GIT_CONFIG_PARAMETERS: "'core.pager=evil'",
      HOME: "/home/ada",
    };
    const environment = gitEnvironment(access, variables);
    expect(environment).toMatchObject({
      PATH: "/bin",
      https_proxy: "http://proxy.test",
      HOME: "/m",
      GIT_ALLOW_PROTOCOL: "https",
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
    });
    for (const name of [
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
      "GIT_SSH_COMMAND",
      "GIT_CONFIG_PARAMETERS",
    ])
      expect(environment).not.toHaveProperty(name);
  });

  test("counts its settings rightly, with and without a token", () => {
    for (const one of [token, undefined]) {
      const environment = gitEnvironment({ ...access, token: one }, {});
      const count = Number(environment["GIT_CONFIG_COUNT"]);
      const keys = Object.keys(environment).filter((name) => name.startsWith("GIT_CONFIG_KEY_"));
      expect(keys).toHaveLength(count);
      const header = Object.values(environment).includes("http.https://g.test/a.git.extraHeader");
      expect(header).toBe(one !== undefined);
    }
  });
});
