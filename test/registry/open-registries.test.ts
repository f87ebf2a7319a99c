import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { openRegistries } from "../../src/registry/open-registries.ts";
import {
  credentialFor,
  parseDockerConfig,
  type Credentials,
} from "../../src/registry/parse-docker-config.ts";
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
const read = (
  image = `${host}/okd/coreos:4.19-x86_64`,
  origins: readonly string[] = [origin],
  credentials: Credentials = new Map(),
) => openRegistries({ origins, credentials, timeoutMs: 300 }).digestOf(image);

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

describe("a registry that wants to know who asks", () => {
  const basic = `Basic ${Buffer.from("robot:s3cret").toString("base64")}`;
  const robot = () => new Map([[host, { username: "robot", password: "s3cret" }]]);
  /** Answers whoever shows this, and asks everybody else for it. */
  const only =
    (shown: string, answer: Answer, challenge: string): Answer =>
    (request, response) => {
      if (request.headers.authorization === shown) answer(request, response);
      else status(401, { "www-authenticate": challenge })(request, response);
    };

  test("gives the digest for a token that the credential opens, which the registry itself never sees", async () => {
    const seen: string[] = [];
    const inner = only("Bearer t-1", found, `Bearer realm="${origin}/auth"`);
    answers[manifest] = (request, response) => {
      seen.push(request.headers.authorization ?? "");
      inner(request, response);
    };
    answers["/auth"] = only(basic, status(200, {}, '{"token":"t-1"}'), "");
    expect(await read(undefined, undefined, robot())).toEqual({ ok: true, value: digest });
    expect(seen).toEqual(["", "Bearer t-1"]);
    expect(await read()).toMatchObject({
      problem: { kind: "refused", next: expect.stringContaining("registryCredentials") },
    });
  });

  test("gives the digest for the credential itself where it asks for that", async () => {
    answers[manifest] = only(basic, found, 'Basic realm="x"');
    expect(await read(undefined, undefined, robot())).toEqual({ ok: true, value: digest });
    const other = new Map([["quay.io", { username: "robot", password: "s3cret" }]]);
    expect(await read(undefined, undefined, other)).toMatchObject({ problem: { kind: "refused" } });
  });

  test("is shown nothing where it does not ask", async () => {
    answers[manifest] = found;
    await read(undefined, undefined, robot());
    expect(asked).toEqual([`HEAD ${manifest}`]);
  });
});

describe("credentials", () => {
  const auth = Buffer.from("robot:pass:word").toString("base64");
  const robot = { username: "robot", password: "pass:word" };

  test("are found by the longest place that a repository stands in, and for Docker Hub by each of its names", () => {
    const read = parseDockerConfig(
      "registries.json",
      JSON.stringify({
        auths: {
          "quay.io": { username: "all", password: "1" },
          "quay.io/okd": { auth },
          "https://index.docker.io/v1/": { auth },
        },
      }),
    );
    const credentials = read.ok ? read.value : new Map();
    const of = (image: string) => credentialFor(credentials, parseImage(image)!);
    expect(of("quay.io/okd/coreos:1")).toEqual(robot);
    expect(of("quay.io/okdother/coreos:1")).toEqual({ username: "all", password: "1" });
    expect(of("docker.io/busybox:1")).toEqual(robot);
    expect(of("registry-1.docker.io/okd/x:1")).toEqual(robot);
    expect(of("ghcr.io/okd/x:1")).toBeUndefined();
  });

  test.each(["", "[]", "{}", '{"auths":{"quay.io":{}}}', '{"auths":{"quay.io":{"auth":"eA=="}}}'])(
    "are not taken from %j",
    (text) => {
      expect(parseDockerConfig("registries.json", text)).toMatchObject({
        ok: false,
        problem: { kind: "invalid", where: "registries.json" },
      });
    },
  );
});

describe("an image", () => {
  test.each(["docker.io", "index.docker.io", "registry-1.docker.io"])(
    "of %s is Docker Hub's, with its library",
    (name) => {
      const place = { host: "registry-1.docker.io", tag: "1.37" };
      expect(parseImage(`${name}/busybox:1.37`)).toEqual({
        ...place,
        repository: "library/busybox",
      });
      expect(parseImage(`${name}/okd/x:1.37`)).toEqual({ ...place, repository: "okd/x" });
    },
  );

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
