import { afterEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKubernetes } from "../../src/cluster/kubernetes-access.ts";
import type { RunSighting, RunWatch } from "../../src/cluster/types.ts";
import { watchRuns, type WatchOptions } from "../../src/cluster/watch-runs.ts";
import { unwrap } from "../../src/problem.ts";
import { startRunner } from "../../src/runner/start-runner.ts";
import type { PipelineRun } from "../../src/tekton/types.ts";
import { until } from "../runner/helpers.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Heard {
  readonly sightings: RunSighting[];
  readonly lives: boolean[];
  readonly errors: unknown[];
  readonly watch: RunWatch;
}

function listen(kubeconfig: string, options: Partial<WatchOptions> = {}): Heard {
  const sightings: RunSighting[] = [];
  const lives: boolean[] = [];
  const errors: unknown[] = [];
  const watch = watchRuns(
    openKubernetes("moc", { kubeconfig }, 500),
    { namespace: "builds", runNames: "fixed", retryMs: 5, watchMs: 60_000, ...options },
    {
      hear: (sighting) => sightings.push(sighting),
      live: (isLive, error) => {
        lives.push(isLive);
        if (error !== undefined) errors.push(error);
      },
    },
  );
  ends.push(() => watch.stop());
  return { sightings, lives, errors, watch };
}

const names = ({ sightings }: Heard): string[] => sightings.map(({ name }) => name);

describe("a watch on the local runner", () => {
  async function startOne() {
    const directory = mkdtempSync(join(tmpdir(), "watch-"));
    const manifest = join(directory, "listener.yaml");
    writeFileSync(
      manifest,
      `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: any}
spec:
  triggers: [{name: any, template: {ref: any}}]
`,
    );
    const started = await startRunner({
      stateDirectory: join(directory, "state"),
      manifests: [manifest],
      namespace: "builds",
      isolation: "process",
    });
    ends.push(async () => {
      await started.close();
      rmSync(directory, { recursive: true });
    });
    return { engine: started.engine, kubeconfig: () => started.kubeconfig() };
  }
  const run = (name: string, labels: Readonly<Record<string, string>>): PipelineRun => ({
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { name, labels },
    spec: {
      pipelineSpec: {
        tasks: [
          { name: "t", taskSpec: { steps: [{ name: "s", image: "i", script: "sleep 30" }] } },
        ],
      },
    },
  });
  const ours = { "streams.okd.io/run-id": "0a" };

  test("tells of what is there, what comes, changes and goes, and of nobody else's", async () => {
    const { engine, kubeconfig } = await startOne();
    unwrap(engine.createPipelineRun(run("there", ours)));
    const heard = listen(kubeconfig());
    await until(() => heard.lives.includes(true) && names(heard).includes("there"));
    unwrap(engine.createPipelineRun(run("foreign", { "streams.okd.io/stream": "x" })));
    unwrap(engine.createPipelineRun(run("comes", ours)));
    await until(() => names(heard).includes("comes"));
    const before = heard.sightings.length;
    unwrap(engine.stop("comes", "Cancelled"));
    await until(() => heard.sightings.length > before);
    const gone = heard.sightings.length;
    unwrap(engine.removePipelineRun("there"));
    await until(() => names(heard).slice(gone).includes("there"));
    expect(names(heard)).not.toContain("foreign");
    expect(heard.errors).toEqual([]);
  });

  test("goes on where the API server ended it, without a gap", async () => {
    const { engine, kubeconfig } = await startOne();
    const heard = listen(kubeconfig(), { watchMs: 1000 });
    await until(() => heard.lives.length >= 2);
    unwrap(engine.createPipelineRun(run("later", ours)));
    await until(() => names(heard).includes("later"));
    expect(heard.lives).not.toContain(false);
  });

  test("sees a listener's runs by the event that made them", async () => {
    const { engine, kubeconfig } = await startOne();
    const heard = listen(kubeconfig(), { runNames: "generated" });
    unwrap(
      engine.createPipelineRun(run("made-up", { "triggers.tekton.dev/triggers-eventid": "e-1" })),
    );
    await until(() => heard.sightings.length > 0);
    expect(heard.sightings[0]).toEqual({ name: "made-up", eventId: "e-1" });
  });

  test("lists again what changed while the API server forgot", async () => {
    const { engine, kubeconfig } = await startOne();
    const heard = listen(kubeconfig(), { watchMs: 1000 });
    await until(() => heard.lives.includes(true));
    unwrap(engine.createPipelineRun(run("first", ours)));
    await until(() => names(heard).includes("first"));
    const { store } = engine;
    const first = store.pipelineRuns.get("first")!;
    for (let turn = 0; turn < 1100; turn += 1) store.pipelineRuns.update(first);
    unwrap(engine.createPipelineRun(run("second", ours)));
    await until(() => names(heard).includes("second"));
    expect(heard.errors).toEqual([]);
  });
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An API server that answers lists and watches as a test says, the last answer again and again. */
async function apiServer(lists: readonly Answer[], watches: readonly Answer[]) {
  const asked: string[] = [];
  const left = { lists: [...lists], watches: [...watches] };
  const server: Server = createServer((request, response) => {
    const isWatch = request.url?.includes("watch=true") === true;
    asked.push(isWatch ? "watch" : "list");
    const answers = isWatch ? left.watches : left.lists;
    (answers.length > 1 ? answers.shift() : answers[0])?.(response, request);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const kubeconfig = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [
      {
        name: "c",
        cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true },
      },
    ],
    users: [{ name: "u", user: { token: "t" } }],
  });
  return { asked, kubeconfig };
}

const object = (name: string, version: string) => ({
  metadata: { name, resourceVersion: version, labels: { "streams.okd.io/run-id": "0a" } },
});
const json =
  (status: number, value: unknown): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
const listOf = (...items: object[]): Answer =>
  json(200, { metadata: { resourceVersion: "10" }, items });
const lines =
  (...events: unknown[]): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  };
/** Headers, and then nothing any more, as behind a firewall that forgot the connection. */
const silence: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
};
const broken: Answer = (response) => {
  response.destroy();
};

describe("a watch on an API server in trouble", () => {
  test.each([
    ["as an event", lines({ type: "ERROR", object: { kind: "Status", code: 410 } })],
    ["as an answer", json(410, { kind: "Status", code: 410 })],
  ])(
    "lists again where the version is too old, told %s, and tells what vanished",
    async (_, gone) => {
      const { asked, kubeconfig } = await apiServer(
        [listOf(object("a", "1"), object("b", "2")), listOf(object("a", "1"), object("c", "9"))],
        [gone, silence],
      );
      const heard = listen(kubeconfig);
      await until(() => names(heard).includes("c"));
      expect(names(heard)).toEqual(["a", "b", "b", "c"]);
      expect(asked.slice(0, 3)).toEqual(["list", "watch", "list"]);
      expect(heard.lives).not.toContain(false);
    },
  );

  test.each([
    ["500 to the list", [json(500, {}), listOf(object("a", "1"))], [silence]],
    ["429 to the list", [json(429, {}), listOf(object("a", "1"))], [silence]],
    ["403 to the list", [json(403, {}), listOf(object("a", "1"))], [silence]],
    ["nothing that is a list", [json(200, { items: 1 }), listOf(object("a", "1"))], [silence]],
    ["no answer to the list", [() => undefined, listOf(object("a", "1"))], [silence]],
    ["a broken connection", [broken, listOf(object("a", "1"))], [silence]],
  ] as const)("says that it is not live, and comes back after %s", async (_, lists, watches) => {
    const { kubeconfig } = await apiServer(lists, watches);
    const heard = listen(kubeconfig);
    await until(() => names(heard).includes("a") && heard.lives.at(-1) === true);
    expect(heard.lives[0]).toBe(false);
    expect(heard.errors).toHaveLength(1);
  });

  test.each([
    ["500", json(500, {})],
    ["429", json(429, {})],
    ["a connection that breaks", broken],
  ])("lists again after %s to the watch", async (_, trouble) => {
    const { asked, kubeconfig } = await apiServer(
      [listOf(object("a", "1")), listOf(object("a", "2"))],
      [trouble, silence],
    );
    const heard = listen(kubeconfig);
    await until(() => heard.sightings.length === 2);
    expect(asked.slice(0, 3)).toEqual(["list", "watch", "list"]);
  });

  test("leaves out lines that are none, and takes those after them", async () => {
    const garbage: Answer = (response) => {
      response.writeHead(200);
      response.write('{"type":"ADDED"}\n{"type":\nnull\n{"type":"X","object":{}}\n');
      response.write(`${JSON.stringify({ type: "MODIFIED", object: object("b", "11") })}\n`);
    };
    const { kubeconfig } = await apiServer([listOf()], [garbage]);
    const heard = listen(kubeconfig);
    await until(() => names(heard).includes("b"));
    expect(heard.errors).toEqual([]);
  });

  test("goes on from a bookmark", async () => {
    const versions: (string | null)[] = [];
    const note =
      (then: Answer): Answer =>
      (response, request) => {
        versions.push(new URL(request.url ?? "", "http://x").searchParams.get("resourceVersion"));
        then(response, request);
      };
    const bookmark = lines({ type: "BOOKMARK", object: { metadata: { resourceVersion: "77" } } });
    const { kubeconfig } = await apiServer([listOf()], [note(bookmark), note(silence)]);
    listen(kubeconfig);
    await until(() => versions.length === 2);
    expect(versions).toEqual(["10", "77"]);
  });

  test("pauses longer each time where it is ended at once, and stops at once where it is told to", async () => {
    const { asked, kubeconfig } = await apiServer([listOf()], [lines()]);
    const heard = listen(kubeconfig, { retryMs: 20 });
    await until(() => asked.length >= 5);
    await heard.watch.stop();
    const count = asked.length;
    expect(count).toBeLessThan(9);
    expect(heard.lives.at(-1)).toBe(false);
  });

  test("reads a list of many pages", async () => {
    const { kubeconfig } = await apiServer(
      [
        json(200, {
          metadata: { resourceVersion: "10", continue: "next" },
          items: [object("a", "1")],
        }),
        listOf(object("b", "2")),
      ],
      [silence],
    );
    const heard = listen(kubeconfig);
    await until(() => heard.sightings.length === 2);
    expect(names(heard)).toEqual(["a", "b"]);
  });

  test("goes on from where it was after a connection that died unseen", async () => {
    const event = `${JSON.stringify({ type: "ADDED", object: object("a", "11") })}\n`;
    const dies: Answer = (response) => {
      response.writeHead(200, { "content-type": "application/json" }).write(event);
    };
    const versions: (string | null)[] = [];
    const next: Answer = (response, request) => {
      versions.push(new URL(request.url ?? "", "http://x").searchParams.get("resourceVersion"));
      silence(response, request);
    };
    const { asked, kubeconfig } = await apiServer([listOf()], [dies, next]);
    const heard = listen(kubeconfig, { watchMs: 50, graceMs: 10 });
    await until(() => versions.length > 0);
    expect(versions[0]).toBe("11");
    expect(asked.slice(0, 3)).toEqual(["list", "watch", "watch"]);
    expect(names(heard)).toEqual(["a"]);
    expect(heard.lives).not.toContain(false);
  });

  test("stops while it waits for changes that never come", async () => {
    const { asked, kubeconfig } = await apiServer([listOf()], [silence]);
    const heard = listen(kubeconfig);
    await until(() => asked.includes("watch"));
    await heard.watch.stop();
    expect(heard.lives.at(-1)).toBe(false);
  });
});
