import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describeProblem, failed, type Result } from "../problem.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { intercept, type InterceptedEvent } from "./intercept.ts";
import type { Manifests } from "./read-manifests.ts";
import { renderTrigger } from "./render-trigger.ts";
import type { EventListener, Trigger } from "./trigger-schemas.ts";
import type { KeyedData } from "./types.ts";

const maximumBodyBytes = 1024 * 1024;

export interface ListenerOptions {
  readonly listener: EventListener;
  readonly manifests: Manifests;
  readonly namespace: string;
  readonly secrets: KeyedData;
  /** Creates what a trigger rendered, with the labels given over its own. */
  readonly create: (object: unknown, labels: Readonly<Record<string, string>>) => Result<string>;
  /** Hears what became of each trigger of each event; the sender of an event never does. */
  readonly log: (line: string) => void;
}

/**
 * The HTTP contract of an EventListener: any method and path but /live takes a JSON object and is answered 202 before
 * its triggers run, so nothing about them can be told from the answer.
 * https://tekton.dev/docs/triggers/eventlisteners/
 */
export function createListenerApp(options: ListenerOptions): Hono {
  const { listener, manifests, namespace, secrets, create, log } = options;
  const identity = {
    eventListener: listener.metadata.name,
    namespace,
    eventListenerUID: randomUUID(),
  };

  const runTrigger = async (
    trigger: Trigger,
    eventId: string,
    event: InterceptedEvent,
  ): Promise<Result<string>> => {
    const intercepted = await intercept(trigger.interceptors, event, secrets);
    if (!intercepted.ok) return intercepted;
    const template = manifests.templates.get(trigger.template.ref);
    if (template === undefined) {
      return failed({
        kind: "not-found",
        what: `There is no TriggerTemplate "${trigger.template.ref}".`,
      });
    }
    const rendered = renderTrigger(trigger, manifests.bindings, template, intercepted.value);
    if (!rendered.ok) return rendered;
    const labels = {
      "triggers.tekton.dev/eventlistener": listener.metadata.name,
      "triggers.tekton.dev/trigger": trigger.name,
      "triggers.tekton.dev/triggers-eventid": eventId,
    };
    const created = rendered.value.map((object) => create(object, labels));
    return created.find((result) => !result.ok) ?? { ok: true, value: created.length.toString() };
  };

  const runTriggers = async (eventId: string, event: InterceptedEvent): Promise<void> => {
    for (const trigger of listener.spec.triggers) {
      const result = await runTrigger(trigger, eventId, event);
      const said = result.ok ? "created" : describeProblem(result.problem);
      log(`${new Date().toISOString()} event ${eventId} trigger ${trigger.name}: ${said}`);
    }
  };

  const app = new Hono();
  app.get("/live", (context) => context.body(null, 200));
  app.use(
    bodyLimit({
      maxSize: maximumBodyBytes,
      onError: (context) => {
        // The rest of the body is not read, so the connection is of no use any more.
        context.header("connection", "close");
        return context.json({ ...identity, errorMessage: "the body is too large" }, 413);
      },
    }),
  );
  app.all("*", async (context) => {
    const rawBody = new Uint8Array(await context.req.arrayBuffer());
    const body = parseJsonObject(rawBody);
    if (body === undefined) {
      return context.json({ ...identity, errorMessage: "the body is no JSON object" }, 400);
    }
    const eventId = randomUUID();
    const event = { body, rawBody, header: context.req.header(), extensions: {} };
    setImmediate(() => void runTriggers(eventId, event));
    return context.json({ ...identity, eventID: eventId }, 202);
  });
  return app;
}
