import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { stringify } from "yaml";
import { ok, ProblemError } from "../problem.ts";
import { checkInterceptor } from "./intercept.ts";
import { createObject } from "./create-object.ts";
import { createKubernetesApp } from "./kubernetes-app.ts";
import { createListenerApp } from "./listener-app.ts";
import { readManifests } from "./read-manifests.ts";
import { sendCloudEvents } from "./send-cloud-events.ts";
import { serveAccessReviews } from "./serve-access-reviews.ts";
import { serveNodes } from "./serve-nodes.ts";
import { serveTriggers } from "./serve-triggers.ts";
import { startEngine, type Engine, type EngineOptions } from "./start-engine.ts";

export interface RunnerOptions extends EngineOptions {
  /** Port of the EventListener; 0, the default, for any. */
  readonly port?: number;
  /** Port of the Kubernetes API; 0, the default, for any. */
  readonly kubernetesPort?: number;
  readonly host?: string;
  /** Files with one EventListener, its bindings and templates, and Tasks and Pipelines for references by name. */
  readonly manifests: readonly string[];
  readonly cloudEventsSink?: string;
  /** Bearer token of the Kubernetes API; one is made where it is missing. */
  readonly token?: string;
}

/** Tekton on this machine, behind the wire contracts of a cluster. */
export interface Runner {
  readonly listenerUrl: string;
  readonly kubernetesUrl: string;
  readonly engine: Engine;
  /** A kubeconfig with the token, as YAML. */
  kubeconfig(): string;
  close(): Promise<void>;
}

async function listen(app: Hono, host: string, port: number): Promise<Server> {
  // The answers of a Hono app; what it throws, it answers itself.
  const handle = getRequestListener(app.fetch);
  const server = createServer((request, response) => void handle(request, response));
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

function kubeconfigFor(server: string, namespace: string, token: string): string {
  const name = "okd-streams-runner";
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
  });
}

/**
 * Starts the EventListener and the Kubernetes API on this machine, and the engine behind them.
 * Throws a ProblemError where the manifests cannot be used or the isolation does not work here.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { host = "127.0.0.1", token = randomBytes(24).toString("hex") } = options;
  const manifests = readManifests(options.manifests);
  const [listener, ...others] = manifests.listeners;
  if (listener === undefined || others.length > 0) {
    throw new ProblemError({
      kind: "invalid",
      what: `There are ${manifests.listeners.length} EventListeners in the manifests.`,
      next: "Give the files of exactly one.",
    });
  }
  for (const trigger of listener.spec.triggers) trigger.interceptors.forEach(checkInterceptor);

  const engine = startEngine(options);
  for (const object of manifests.objects) engine.apply(object);
  const logFile = join(options.stateDirectory, "listener.log");
  const listenerApp = createListenerApp({
    listener,
    manifests,
    namespace: engine.namespace,
    secrets: options.secrets ?? {},
    create: (object, labels) => {
      const created = createObject(engine, object, labels);
      return created.ok ? ok(created.value.metadata.name) : created;
    },
    log: (line) => appendFileSync(logFile, `${line}\n`),
  });
  const stopEvents =
    options.cloudEventsSink === undefined
      ? () => undefined
      : sendCloudEvents(engine.store, options.cloudEventsSink);
  const listenerServer = await listen(listenerApp, host, options.port ?? 0);
  const kubernetesApp = createKubernetesApp(engine, token);
  serveTriggers(kubernetesApp, manifests, engine.namespace);
  serveNodes(kubernetesApp);
  serveAccessReviews(kubernetesApp, engine.namespace);
  const kubernetesServer = await listen(kubernetesApp, host, options.kubernetesPort ?? 0);
  const kubernetesUrl = urlOf(kubernetesServer, host);

  return {
    listenerUrl: urlOf(listenerServer, host),
    kubernetesUrl,
    engine,
    kubeconfig: () => kubeconfigFor(kubernetesUrl, engine.namespace, token),
    close: async () => {
      await Promise.all([closeServer(listenerServer), closeServer(kubernetesServer)]);
      await engine.close();
      stopEvents();
    },
  };
}
