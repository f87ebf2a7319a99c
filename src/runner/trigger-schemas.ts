import * as z from "zod";

/** The parts of Tekton Triggers that the local runner carries out; a field beyond them is refused by name. */
const apiVersion = z.enum(["triggers.tekton.dev/v1beta1", "triggers.tekton.dev/v1alpha1"]);
const metadata = z.looseObject({ name: z.string().min(1) });
const param = z.strictObject({ name: z.string().min(1), value: z.string() });

const interceptor = z.strictObject({
  name: z.string().optional(),
  ref: z.strictObject({
    name: z.enum(["github", "cel"]),
    kind: z.literal("ClusterInterceptor").optional(),
    apiVersion: z.string().optional(),
  }),
  params: z.array(z.strictObject({ name: z.string(), value: z.unknown() })).default([]),
});

const trigger = z.strictObject({
  name: z.string().min(1),
  interceptors: z.array(interceptor).default([]),
  bindings: z
    .array(
      z.union([
        z.strictObject({ ref: z.string(), kind: z.literal("TriggerBinding").optional() }),
        param,
      ]),
    )
    .default([]),
  template: z.strictObject({ ref: z.string() }),
});

export const eventListener = z.strictObject({
  apiVersion,
  kind: z.literal("EventListener"),
  metadata,
  spec: z.strictObject({
    serviceAccountName: z.string().optional(),
    resources: z.unknown().optional(),
    triggers: z.array(trigger).min(1),
  }),
});

export const triggerBinding = z.strictObject({
  apiVersion,
  kind: z.literal("TriggerBinding"),
  metadata,
  spec: z.strictObject({ params: z.array(param) }),
});

export const triggerTemplate = z.strictObject({
  apiVersion,
  kind: z.literal("TriggerTemplate"),
  metadata,
  spec: z.strictObject({
    params: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          description: z.string().optional(),
          default: z.string().optional(),
        }),
      )
      .default([]),
    resourcetemplates: z.array(z.unknown()).min(1),
  }),
});

export type EventListener = z.output<typeof eventListener>;
export type Trigger = EventListener["spec"]["triggers"][number];
export type Interceptor = Trigger["interceptors"][number];
export type TriggerBinding = z.output<typeof triggerBinding>;
export type TriggerTemplate = z.output<typeof triggerTemplate>;
