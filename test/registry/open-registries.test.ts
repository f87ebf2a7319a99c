import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { openRegistries } from "../../src/registry/open-registries.ts";
import { parseImage } from "../../src/registry/parse-image.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const digest = `sha256:${"a".repeat(64)}`;
const manifest = "/v2/okd/coreos/manifests/4.19-x86_64";

let server: Server;
let origin: string;
let host: string;
let asked: string[];
let answers: Record<string, Answer>;

beforeEach(async () => {
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    asked.push(`${method} ${url}${headers.authorization === undefined ? "" : " as somebody"}`);
    const [path = ""] = url.split("?");
    (answers[path] ?? status(404))(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  origin = `http://${host}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function status(code: number, headers: Record<string, string> = {}, body = ""): Answer {
  return (_, response) => void response.writeHead(code, headers).end(body);
}
const found = status(200, { "docker-content-digest": digest });
const read = (image = `${host}/okd/coreos:4.19-x86_64`, origins: readonly string[] = [origin]) =>
  openRegistries({ origins, timeoutMs: 300 }).digestOf(image);

describe("the digest that a tag has", () => {
  test("is what the registry names, for lists of architectures too", async () => {
    let accept = "";
    answers[manifest] = (request, response) => {
      accept = request.headers.accept ?? "";
      found(request, response);
    };
    expect(await read()).toEqual({ ok: true, value: digest });
    expect(asked).toEqual([`HEAD ${manifest}`]);
    for (const type of ["oci.image.index", "manifest.list", "oci.image.manifest", "manifest.v2"])
      expect(accept).toContain(type);
  });

  test("is that of the manifest's bytes where the registry names none", async () => {
    const body = '{"schemaVersion":2}\n';
    answers[manifest] = (request, response) =>
      void response.writeHead(200).end(request.method === "HEAD" ? "" : body);
    const bytes = createHash("sha256").update(body).digest("hex");
    expect(await read()).toEqual({ ok: true, value: `sha256:${bytes}` });
  });

  test.each(["token", "access_token"])(
    "is read with an anonymous %s where one is wanted",
    async (name) => {
      answers[manifest] = (request, response) => {
        if (request.headers.authorization === "Bearer t-1") {
          found(request, response);
          return;
        }
        const challenge = `Bearer realm="${origin}/auth",service="the registry",scope="repository:*:push"`;
        status(401, { "www-authenticate": challenge })(request, response);
      };
      answers["/auth"] = status(200, {}, JSON.stringify({ [name]: "t-1" }));
      expect(await read()).toEqual({ ok: true, value: digest });
      expect(asked).toEqual([
        `HEAD ${manifest}`,
        "GET /auth?service=the+registry&scope=repository%3Aokd%2Fcoreos%3Apull",
        `HEAD ${manifest} as somebody`,
      ]);
    },
  );

  test.each([
    [404, "not-found"],
    [403, "refused"],
    [400, "refused"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("where the answer is %i is %s", async (code, kind) => {
    answers[manifest] = status(code, { "retry-after": "7" });
    const result = await read();
    expect(result).toMatchObject({ ok: false, problem: { kind } });
    if (kind === "unavailable") expect(result).toMatchObject({ problem: { retryAfterSeconds: 7 } });
  });

  test.each([
    ["basic credentials", 'Basic realm="x"', "refused"],
    ["no challenge", "", "refused"],
    ["a realm that is no address", 'Bearer realm="here"', "refused"],
    ["a token of another host", 'Bearer realm="http://169.254.169.254/latest"', "refused"],
    ["a token of a file", 'Bearer realm="file:///etc/passwd"', "refused"],
  ])("where it wants %s is refused, and nobody else is asked", async (_, challenge, kind) => {
    answers[manifest] = status(401, { "www-authenticate": challenge });
    expect(await read()).toMatchObject({ ok: false, problem: { kind } });
    expect(asked).toEqual([`HEAD ${manifest}`]);
  });

  test.each([
    ["no JSON", status(200, {}, "<html>"), "refused"],
    ["no token", status(200, {}, "{}"), "refused"],
    ["403", status(403), "refused"],
    ["503", status(503), "unavailable"],
    ["too much", status(200, {}, `{"token":"${"t".repeat(70_000)}"}`), "unavailable"],
  ] as const)("where the token's answer is %s is told", async (_, answer, kind) => {
    answers[manifest] = status(401, { "www-authenticate": `Bearer realm="${origin}/auth"` });
    answers["/auth"] = answer;
    expect(await read()).toMatchObject({ ok: false, problem: { kind } });
  });

  test("is not asked for again and again with a token that does not help", async () => {
    answers[manifest] = status(401, { "www-authenticate": `Bearer realm="${origin}/auth"` });
    answers["/auth"] = status(200, {}, '{"token":"t"}');
    expect(await read()).toMatchObject({ problem: { kind: "refused" } });
    expect(asked).toHaveLength(3);
  });

  test("is read behind a redirection to the same registry, and behind no endless one", async () => {
    answers[manifest] = status(307, { location: "/elsewhere" });
    answers["/elsewhere"] = found;
    expect(await read()).toEqual({ ok: true, value: digest });
    answers["/elsewhere"] = status(307, { location: manifest });
    expect(await read()).toMatchObject({ problem: { kind: "unavailable" } });
  });

  test.each(["http://169.254.169.254/", "http://localhost:1/", "//internal.example.org/x"])(
    "is not read behind a redirection to %s",
    async (location) => {
      answers[manifest] = status(302, { location });
      expect(await read()).toMatchObject({ ok: false, problem: { kind: "refused" } });
    },
  );

  test("of a registry that is silent, breaks off or is too long is unavailable", async () => {
    answers[manifest] = () => undefined;
    expect(await read()).toMatchObject({ problem: { kind: "unavailable" } });
    answers[manifest] = (_, response) => void response.destroy();
    expect(await read()).toMatchObject({ problem: { kind: "unavailable" } });
    answers[manifest] = status(200, {}, "x".repeat(5 * 1024 * 1024));
    expect(await read()).toMatchObject({ problem: { kind: "unavailable" } });
  });
});

describe("an image", () => {
  test("of a registry that the operator does not name is not asked for", async () => {
    expect(await read("internal.example.org/okd/coreos:4.19")).toMatchObject({
      ok: false,
      problem: { kind: "refused", what: expect.stringContaining("internal.example.org") },
    });
    expect(await read(undefined, [])).toMatchObject({ problem: { kind: "refused" } });
    expect(asked).toEqual([]);
  });

  test.each(["coreos:4.19", "quay.io/okd/coreos", "quay.io/okd/coreos@sha256:0", "quay.io/../x:1"])(
    "written as %s is none with a registry and a tag",
    async (image) => {
      expect(await read(image, ["https://quay.io"])).toMatchObject({
        problem: { kind: "invalid" },
      });
    },
  );

  test("never leads anywhere but to its host, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const image = parseImage(`${a}/${b}:${c}`);
        if (image === undefined) return;
        const url = new URL(
          `/v2/${image.repository}/manifests/${image.tag}`,
          `https://${image.host}`,
        );
        expect(url.pathname).toBe(`/v2/${image.repository}/manifests/${image.tag}`);
        expect(url.search + url.hash + url.username).toBe("");
      }),
    );
    expect(parseImage("quay.io:443/okd/a__b-c:4.19_x")).toEqual({
      host: "quay.io:443",
      repository: "okd/a__b-c",
      tag: "4.19_x",
    });
  });
});
