import type { Context, Hono } from "hono";
import type { Manifests } from "./read-manifests.ts";

const api = "/apis/triggers.tekton.dev/v1beta1/namespaces/:namespace";

/** Adds the lists of Tekton Triggers' objects to the Kubernetes API: those that the listener works with. */
export function serveTriggers(app: Hono, manifests: Manifests, namespace: string): void {
  const list = (context: Context, kind: string, items: Iterable<object>): Response =>
    context.json({
      apiVersion: "triggers.tekton.dev/v1beta1",
      kind: `${kind}List`,
      metadata: {},
      items: context.req.param("namespace") === namespace ? [...items] : [],
    });
  app.get(`${api}/eventlisteners`, (context) =>
    list(context, "EventListener", manifests.listeners),
  );
  app.get(`${api}/triggers`, (context) => list(context, "Trigger", []));
  app.get(`${api}/triggerbindings`, (context) =>
    list(context, "TriggerBinding", manifests.bindings.values()),
  );
  app.get(`${api}/triggertemplates`, (context) =>
    list(context, "TriggerTemplate", manifests.templates.values()),
  );
}
