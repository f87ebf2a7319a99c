import * as z from "zod";
import {
  envVar,
  quantities,
  resourceRequirements,
  securityContext,
  volume,
} from "./core-schemas.ts";

/**
 * What a run says about its pods and the claims made for it.
 * https://tekton.dev/docs/pipelines/podtemplates/
 */
const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const whole = z.int().exactOptional();
const anything = z.unknown().optional();
const texts = z.array(z.string()).exactOptional();
const textMap = z.record(z.string(), z.string()).exactOptional();

const labelSelector = z.strictObject({
  matchLabels: textMap,
  matchExpressions: z
    .array(z.strictObject({ key: z.string(), operator: z.string(), values: texts }))
    .exactOptional(),
});

const podSecurityContext = securityContext
  .omit({
    capabilities: true,
    privileged: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: true,
    procMount: true,
  })
  .extend({
    fsGroup: whole,
    fsGroupChangePolicy: text,
    seLinuxChangePolicy: text,
    supplementalGroups: z.array(z.int()).exactOptional(),
    supplementalGroupsPolicy: text,
    sysctls: z.array(z.strictObject({ name: z.string(), value: z.string() })).exactOptional(),
  });

export const podTemplate = z.strictObject({
  nodeSelector: textMap,
  env: z.array(envVar).exactOptional(),
  tolerations: z
    .array(
      z.strictObject({
        key: text,
        operator: text,
        value: text,
        effect: text,
        tolerationSeconds: whole,
      }),
    )
    .exactOptional(),
  affinity: z
    .strictObject({ nodeAffinity: anything, podAffinity: anything, podAntiAffinity: anything })
    .exactOptional(),
  securityContext: podSecurityContext.exactOptional(),
  volumes: z.array(volume).exactOptional(),
  runtimeClassName: text,
  automountServiceAccountToken: flag,
  dnsPolicy: text,
  dnsConfig: z
    .strictObject({
      nameservers: texts,
      searches: texts,
      options: z.array(z.strictObject({ name: text, value: text })).exactOptional(),
    })
    .exactOptional(),
  enableServiceLinks: flag,
  priorityClassName: text,
  schedulerName: text,
  imagePullSecrets: z.array(z.strictObject({ name: text })).exactOptional(),
  hostAliases: z.array(z.strictObject({ ip: text, hostnames: texts })).exactOptional(),
  hostNetwork: flag,
  hostUsers: flag,
  topologySpreadConstraints: anything,
});

/** Labels and annotations for what is made from an embedded spec. */
export const embeddedMeta = z.strictObject({ labels: textMap, annotations: textMap });

export const volumeClaimTemplate = z.strictObject({
  apiVersion: text,
  kind: text,
  metadata: anything,
  spec: z
    .strictObject({
      accessModes: texts,
      selector: labelSelector.exactOptional(),
      resources: z.strictObject({ limits: quantities, requests: quantities }).exactOptional(),
      volumeName: text,
      storageClassName: text,
      volumeMode: text,
      dataSource: anything,
      dataSourceRef: anything,
      volumeAttributesClassName: text,
    })
    .exactOptional(),
  status: anything,
});

/** Resources for single steps or sidecars of a Task, by their names. */
export const containerSpecs = z.array(
  z.strictObject({ name: z.string(), computeResources: resourceRequirements.exactOptional() }),
);
