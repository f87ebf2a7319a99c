import { createHash, timingSafeEqual } from "node:crypto";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Problem } from "../problem.ts";
import { createObject } from "./create-object.ts";
import { kubernetesStatus, statusOfProblem, type KubernetesStatus } from "./kubernetes-status.ts";
import { parseLabelSelector } from "./label-selector.ts";
import type { StoredObject } from "./object-store.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { podObjects, type PodObject } from "./pod-object.ts";
import { readStopPatch } from "./read-stop-patch.ts";
import type { Engine } from "./start-engine.ts";
import { watchObjects } from "./watch-objects.ts";

const tekton = "/apis/tekton.dev/v1/namespaces/:namespace";
const maximumBodyBytes = 3 * 1024 * 1024;

interface Labelled {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function answerStatus(context: Context, status: KubernetesStatus): Response {
  // The codes of Status objects are those of errors, all of which have a body.
  const codes: readonly ContentfulStatusCode[] = [400, 401, 403, 404, 409, 415, 422, 503];
  return context.json(status, codes.find((code) => code === status.code) ?? 500);
}

function answerProblem(context: Context, problem: Problem): Response {
  return answerStatus(context, statusOfProblem(problem));
}

function notFound(context: Context, resource: string, name: string): Response {
  return answerStatus(
    context,
    kubernetesStatus(404, "NotFound", `${resource} "${name}" not found`),
  );
}

/** What a request's labelSelector leaves of a list, or the answer to a selector that cannot be read. */
function select<T extends Labelled>(
  context: Context,
  items: readonly T[],
): { readonly items: readonly T[] } | { readonly refusal: Response } {
  const matches = parseLabelSelector(context.req.query("labelSelector") ?? "");
  if (matches !== undefined) {
    return { items: items.filter(({ metadata }) => matches(metadata.labels ?? {})) };
  }
  const refusal = answerStatus(
    context,
    kubernetesStatus(400, "BadRequest", "unable to parse labelSelector"),
  );
  return { refusal };
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * The part of the Kubernetes API that readers of runs use: PipelineRuns, TaskRuns, pods and their logs of one
 * namespace, with a bearer token. Errors are Status objects.
 */
export function createKubernetesApp(engine: Engine, token: string): Hono {
  const { store, namespace } = engine;
  const app = new Hono();
  const pods = (): readonly PodObject[] => store.taskRuns.list().flatMap(podObjects);

  app.use(async (context, next) => {
    const given = context.req.header("authorization") ?? "";
    if (timingSafeEqual(sha256(given), sha256(`Bearer ${token}`))) return next();
    return answerStatus(context, kubernetesStatus(401, "Unauthorized", "Unauthorized"));
  });
  app.use(bodyLimit({ maxSize: maximumBodyBytes }));
  app.get("/version", (context) =>
    context.json({ major: "1", minor: "30", gitVersion: "v1.30.0" }),
  );

  const list = (
    context: Context,
    kind: "PipelineRun" | "TaskRun",
    items: readonly StoredObject[],
  ): Response => {
    const inNamespace = context.req.param("namespace") === namespace ? items : [];
    const selected = select(context, inNamespace);
    if ("refusal" in selected) return selected.refusal;
    if (["true", "1"].includes(context.req.query("watch") ?? "")) {
      const matches = parseLabelSelector(context.req.query("labelSelector") ?? "") ?? (() => true);
      return watchObjects(store, kind, matches, {
        since: readCount(context.req.query("resourceVersion")) ?? 0,
        seconds: readCount(context.req.query("timeoutSeconds")) ?? 1800,
        bookmarks: context.req.query("allowWatchBookmarks") === "true",
      });
    }
    const metadata = { resourceVersion: store.version() };
    return context.json({
      apiVersion: "tekton.dev/v1",
      kind: `${kind}List`,
      metadata,
      items: selected.items,
    });
  };

  const create = async (context: Context): Promise<Response> => {
    if (context.req.param("namespace") !== namespace) {
      return answerStatus(context, kubernetesStatus(403, "Forbidden", "not this namespace"));
    }
    const body = parseJsonObject(new Uint8Array(await context.req.arrayBuffer()));
    const created = createObject(engine, body);
    return created.ok ? context.json(created.value, 201) : answerProblem(context, created.problem);
  };

  app.get(`${tekton}/pipelineruns`, (context) =>
    list(context, "PipelineRun", store.pipelineRuns.list()),
  );
  app.get(`${tekton}/taskruns`, (context) => list(context, "TaskRun", store.taskRuns.list()));
  app.post(`${tekton}/pipelineruns`, create);
  app.post(`${tekton}/taskruns`, create);

  app.get(`${tekton}/:plural{pipelineruns|taskruns}/:name`, (context) => {
    const { name, plural } = context.req.param();
    const collection = plural === "pipelineruns" ? store.pipelineRuns : store.taskRuns;
    const object = context.req.param("namespace") === namespace ? collection.get(name) : undefined;
    if (object === undefined) return notFound(context, `${plural}.tekton.dev`, name);
    return context.json(object);
  });
  app.patch(`${tekton}/pipelineruns/:name`, async (context) => {
    const name = context.req.param("name");
    if (context.req.param("namespace") !== namespace) {
      return notFound(context, "pipelineruns.tekton.dev", name);
    }
    const mode = readStopPatch(await context.req.text());
    if (mode === undefined) {
      const message = "the local runner patches spec.status only, to a value that ends the run";
      return answerStatus(context, kubernetesStatus(422, "Invalid", message));
    }
    const stopped = engine.stop(name, mode);
    return stopped.ok
      ? context.json(store.pipelineRuns.get(name) ?? {})
      : answerProblem(context, stopped.problem);
  });
  app.delete(`${tekton}/pipelineruns/:name`, (context) => {
    const name = context.req.param("name");
    if (context.req.param("namespace") !== namespace) {
      return notFound(context, "pipelineruns.tekton.dev", name);
    }
    const removed = engine.removePipelineRun(name);
    return removed.ok ? context.json(removed.value) : answerProblem(context, removed.problem);
  });

  const core = "/api/v1/namespaces/:namespace/pods";
  const findPod = (context: Context): PodObject | undefined =>
    context.req.param("namespace") === namespace
      ? pods().find(({ metadata }) => metadata.name === context.req.param("name"))
      : undefined;
  app.get(core, (context) => {
    const all = context.req.param("namespace") === namespace ? pods() : [];
    const selected = select(context, all);
    if ("refusal" in selected) return selected.refusal;
    const metadata = { resourceVersion: store.version() };
    return context.json({ apiVersion: "v1", kind: "PodList", metadata, items: selected.items });
  });
  app.get(`${core}/:name`, (context) => {
    const pod = findPod(context);
    return pod === undefined
      ? notFound(context, "pods", context.req.param("name"))
      : context.json(pod);
  });
  app.get(`${core}/:name/log`, async (context) => {
    const pod = findPod(context);
    if (pod === undefined) return notFound(context, "pods", context.req.param("name"));
    const containers = pod.spec.containers.map(({ name }) => name);
    const container = context.req.query("container") ?? containers[0] ?? "";
    if (!containers.includes(container)) {
      const message = `container ${container} is not valid for pod ${pod.metadata.name}`;
      return answerStatus(context, kubernetesStatus(400, "BadRequest", message));
    }
    const lines = readCount(context.req.query("tailLines"));
    const text = await engine.readLog(pod.metadata.name, container, lines);
    return context.text(text ?? "");
  });

  app.notFound((context) =>
    answerStatus(
      context,
      kubernetesStatus(404, "NotFound", "the server could not find the requested resource"),
    ),
  );
  return app;
}
