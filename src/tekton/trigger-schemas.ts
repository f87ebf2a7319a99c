import * as z from "zod";
import { namedMeta } from "./value-schemas.ts";

const text = z.string().exactOptional();
const anything = z.unknown().optional();
const name = z.string().min(1);

/** An interceptor of Tekton Triggers; those of v1alpha1, such as `cel:`, have their own key in place of `ref`. */
const interceptor = z.looseObject({
  ref: z.strictObject({ name, kind: text, apiVersion: text, apiversion: text }).exactOptional(),
  params: z.array(z.strictObject({ name, value: z.unknown() })).exactOptional(),
});

/** A binding by name, or a param written on the spot. */
const bindingUse = z.strictObject({
  ref: text,
  kind: text,
  apiversion: text,
  name: text,
  value: text,
  spec: anything,
});

const templateUse = z.strictObject({ ref: text, apiversion: text, name: text, spec: anything });

const triggerSpec = z.strictObject({
  name: text,
  bindings: z.array(bindingUse).exactOptional(),
  template: templateUse.exactOptional(),
  interceptors: z.array(interceptor).exactOptional(),
  triggerRef: text,
  serviceAccountName: text,
});

/** https://tekton.dev/docs/triggers/triggertemplates/ */
export const triggerTemplate = z.looseObject({
  metadata: namedMeta,
  spec: z.strictObject({
    params: z.array(z.strictObject({ name, description: text, default: text })).exactOptional(),
    resourcetemplates: z.array(z.record(z.string(), z.unknown())).min(1),
  }),
});

/** https://tekton.dev/docs/triggers/triggerbindings/ */
export const triggerBinding = z.looseObject({
  metadata: namedMeta,
  spec: z.strictObject({
    params: z.array(z.strictObject({ name, value: z.string() })).exactOptional(),
  }),
});

/** https://tekton.dev/docs/triggers/eventlisteners/ */
export const eventListener = z.looseObject({
  metadata: namedMeta,
  spec: z.strictObject({
    triggers: z.array(triggerSpec).exactOptional(),
    triggerGroups: anything,
    serviceAccountName: text,
    namespaceSelector: anything,
    labelSelector: anything,
    resources: anything,
    cloudEventURI: text,
  }),
});

/** https://tekton.dev/docs/triggers/triggers/ */
export const trigger = z.looseObject({ metadata: namedMeta, spec: triggerSpec });

export type TriggerTemplate = z.infer<typeof triggerTemplate>;
export type TriggerBinding = z.infer<typeof triggerBinding>;
export type EventListener = z.infer<typeof eventListener>;
export type TriggerSpec = z.infer<typeof triggerSpec>;
export type Trigger = z.infer<typeof trigger>;
