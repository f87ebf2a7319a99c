import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./task-engine.ts";

describe.each(["process", "auto"] as const)("sidecars, isolation %s", (isolation) => {
  let engine: TaskEngine;
  beforeEach(async () => {
    engine = await startTaskEngine({ isolation });
  });
  afterEach(() => engine.close());

  test("what a sidecar without a probe does at once is there when the steps start", async () => {
    const run = await engine.task(
      "at-once",
      {
        steps: [{ name: "s", script: "cat $(workspaces.w.path)/word" }],
        sidecars: [
          {
            name: "slow",
            script: `i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done
              printf there >$(workspaces.w.path)/word; exec sleep 60`,
          },
        ],
        workspaces: [{ name: "w" }],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe("there\n");
  });

  test("steps wait for the HTTP and TCP probes of sidecars, by number and by name of the port", async () => {
    const server = createServer((request, response) => {
      asked.push([request.url, request.headers["x-from"]].join(" "));
      response.statusCode = asked.length < 3 ? 503 : 204;
      response.end();
    });
    const asked: string[] = [];
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const probes: readonly Json[] = [
      {
        httpGet: { path: "/ready?x=1", port, httpHeaders: [{ name: "X-From", value: "probe" }] },
        periodSeconds: 1,
      },
      { tcpSocket: { port: "web" } },
    ];
    const run = await engine.task("probed", {
      steps: [{ name: "s", script: "true" }],
      sidecars: probes.map((readinessProbe, index) => ({
        name: `server-${index}`,
        script: "sleep 60",
        ports: [{ name: "web", containerPort: port }],
        readinessProbe,
      })),
    });
    server.close();
    expect(ending(run)).toBe("True Succeeded");
    expect(asked).toEqual(Array.from({ length: 3 }, () => "/ready?x=1 probe"));
  });

  test("a startup probe that fails longer than it may ends its sidecar", async () => {
    const run = await engine.task("never-up", {
      steps: [{ name: "s", script: "true" }],
      sidecars: [
        {
          name: "server",
          script: "sleep 60",
          startupProbe: { exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 1 },
        },
      ],
    });
    expect(ending(run)).toBe('False SidecarFailed: "sidecar-server" exited with code 137: Error');
  });

  test("a startup probe that first fails is asked again well before its period is over", async () => {
    const started = Date.now();
    const run = await engine.task(
      "second-time",
      {
        steps: [{ name: "s", script: "true" }],
        sidecars: [
          {
            name: "server",
            script: "sleep 60",
            env: [{ name: "W", value: "$(workspaces.w.path)" }],
            startupProbe: {
              exec: { command: ["sh", "-c", "test -e $W/asked || { touch $W/asked; false; }"] },
              periodSeconds: 60,
            },
          },
        ],
        workspaces: [{ name: "w" }],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  test("a sidecar that cannot be prepared ends the run, with its name and the reason", async () => {
    const run = await engine.task("unprepared", {
      steps: [{ name: "s", script: "sleep 60" }],
      sidecars: [
        {
          name: "server",
          script: "sleep 60",
          env: [{ name: "X", valueFrom: { configMapKeyRef: { name: "gone", key: "k" } } }],
        },
      ],
    });
    expect(ending(run)).toMatch(
      /^False CreateContainerConfigError: .*"sidecar-server": .*config map "gone"/,
    );
  });
});
