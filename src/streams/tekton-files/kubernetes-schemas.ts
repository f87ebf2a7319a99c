import * as z from "zod";

const text = z.string().optional();
const metadata = z.looseObject({ name: text, namespace: text }).default({});

/** A file kustomization.yaml, as far as it names other files. https://kubectl.docs.kubernetes.io/references/kustomize/ */
export const kustomization = z.looseObject({
  namespace: text,
  resources: z.array(z.string()).optional(),
  bases: z.array(z.string()).optional(),
  components: z.array(z.string()).optional(),
  patches: z.array(z.looseObject({ path: text })).optional(),
  patchesJson6902: z.array(z.looseObject({ path: text })).optional(),
});

const nodeAffinity = z.looseObject({ required: z.unknown() });

export const persistentVolume = z.looseObject({
  metadata,
  spec: z.looseObject({
    local: z.looseObject({ path: z.string() }).optional(),
    hostPath: z.looseObject({ path: z.string() }).optional(),
    nfs: z.looseObject({ server: z.string(), path: z.string() }).optional(),
    nodeAffinity: nodeAffinity.optional(),
  }),
});

export const persistentVolumeClaim = z.looseObject({ metadata });

const container = z.looseObject({
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: text })).optional(),
});

export const containers = z.array(container);

export type Kustomization = z.infer<typeof kustomization>;
export type PersistentVolume = z.infer<typeof persistentVolume>;
export type PersistentVolumeClaim = z.infer<typeof persistentVolumeClaim>;
export type Container = z.infer<typeof container>;
