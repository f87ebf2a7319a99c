import type { Hono } from "hono";
import * as z from "zod";
import { parseJsonObject } from "./parse-json-object.ts";

const reviewSchema = z.object({
  spec: z.object({
    resourceAttributes: z.object({
      namespace: z.string().default(""),
      verb: z.string(),
      group: z.string().default(""),
      resource: z.string(),
      subresource: z.string().default(""),
    }),
  }),
});

/** What this API serves to whoever has its token, by API group and resource; nodes belong to no namespace. */
const served: Readonly<Record<string, readonly string[]>> = {
  "tekton.dev/pipelineruns": ["get", "list", "watch", "create", "patch", "delete"],
  "tekton.dev/taskruns": ["get", "list", "watch", "create"],
  "/pods": ["get", "list"],
  "/pods/log": ["get"],
  "/nodes": ["list"],
  "triggers.tekton.dev/eventlisteners": ["list"],
  "triggers.tekton.dev/triggers": ["list"],
  "triggers.tekton.dev/triggerbindings": ["list"],
  "triggers.tekton.dev/triggertemplates": ["list"],
};

/**
 * Adds the question whether one may do something to the Kubernetes API.
 * https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/
 */
export function serveAccessReviews(app: Hono, ownNamespace: string): void {
  app.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", async (context) => {
    const body = parseJsonObject(new Uint8Array(await context.req.arrayBuffer()));
    const asked = reviewSchema.safeParse(body);
    if (!asked.success)
      return context.json({ kind: "Status", code: 400, message: "no review" }, 400);
    const { namespace, verb, group, resource, subresource } = asked.data.spec.resourceAttributes;
    const name = `${group}/${resource}${subresource === "" ? "" : `/${subresource}`}`;
    const isHere = resource === "nodes" ? namespace === "" : namespace === ownNamespace;
    const allowed = isHere && Object.hasOwn(served, name) && served[name]?.includes(verb) === true;
    return context.json(
      {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        metadata: {},
        spec: asked.data.spec,
        status: { allowed, ...(allowed ? {} : { reason: "the local runner does not serve it" }) },
      },
      201,
    );
  });
}
