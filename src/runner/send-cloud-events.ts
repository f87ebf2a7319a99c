import { randomUUID } from "node:crypto";
import { CloudEvent, HTTP } from "cloudevents";
import PQueue from "p-queue";
import pRetry from "p-retry";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/** The answers after which Tekton tries again. */
const retriedCodes = [404, 413, 425, 429, 502, 503, 504];

function phaseOf(object: StoredObject): string {
  const condition = object.status?.conditions[0];
  if (condition?.status === "True") return "successful";
  if (condition?.status === "False") return "failed";
  if (condition?.reason === "Started") return "started";
  return condition?.reason === "Running" ? "running" : "unknown";
}

/** Bodies keep the shape of v1beta1, whose results of a run stand in pipelineResults. */
function bodyOf(object: StoredObject): Readonly<Record<string, unknown>> {
  const { metadata, spec, status } = object;
  if (object.kind === "TaskRun") {
    const { results, ...rest } = object.status;
    return { taskRun: { metadata, spec, status: { ...rest, taskResults: results } } };
  }
  const { results, ...rest } = object.status ?? {};
  return {
    pipelineRun: { metadata, spec, status: { ...status, ...rest, pipelineResults: results } },
  };
}

function eventOf(object: StoredObject, phase: string): CloudEvent<unknown> {
  const { name, namespace } = object.metadata;
  const kind = object.kind.toLowerCase();
  return new CloudEvent({
    id: randomUUID(),
    type: `dev.tekton.event.${kind}.${phase}.v1`,
    source: `/apis///namespaces/${namespace}//${name}`,
    subject: name,
    datacontenttype: "application/json",
    data: bodyOf(object),
  });
}

async function post(sink: string, event: CloudEvent<unknown>, signal: AbortSignal): Promise<void> {
  const { headers, body } = HTTP.binary(event);
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const response = await fetch(sink, {
    method: "POST",
    headers: sent,
    body: String(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
  });
  await response.arrayBuffer();
  if (retriedCodes.includes(response.status)) throw new Error(`answered ${response.status}`);
}

/**
 * Tells a sink of every new state of a run, as Tekton does: CloudEvents in binary mode, unsigned, up to ten retries
 * within about twenty seconds, given up then; no run ever waits for one. Gives the function that ends it.
 * https://tekton.dev/docs/pipelines/events/
 */
export function sendCloudEvents(store: ObjectStore, sink: string): () => void {
  const stop = new AbortController();
  const queue = new PQueue({ concurrency: 4 });
  const last = new Map<string, string>();
  const unsubscribe = store.subscribe(({ type, object }) => {
    const condition = object.status?.conditions[0];
    if (condition === undefined) return;
    const { uid } = object.metadata;
    if (type === "DELETED") {
      last.delete(uid);
      return;
    }
    const state = `${condition.status}/${condition.reason}/${condition.message}`;
    if (last.get(uid) === state) return;
    last.set(uid, state);
    const event = eventOf(object, phaseOf(object));
    const attempt = (): Promise<void> =>
      pRetry(() => post(sink, event, stop.signal), {
        retries: 10,
        minTimeout: 100,
        maxTimeout: 4000,
        signal: stop.signal,
      }).catch(() => undefined);
    void queue.add(attempt);
  });
  return () => {
    unsubscribe();
    queue.clear();
    stop.abort();
  };
}
