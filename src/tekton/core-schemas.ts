import * as z from "zod";

/**
 * Parts of Kubernetes' own objects that Tekton's objects hold. Only what people write in them is spelt out in depth;
 * what is rare stays open.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const whole = z.int().exactOptional();
const anything = z.unknown().optional();
const texts = z.array(z.string()).exactOptional();
const name = z.string().min(1);

const quantity = z.union([
  z
    .string()
    .regex(/^[+-]?[0-9.]+[eEinumkKMGTP]*[-+]?[0-9]*$/, "has to be like `500m`, `2` or `1Gi`"),
  z.number(),
]);

export const quantities = z.record(z.string(), quantity).exactOptional();

export const resourceRequirements = z.strictObject({
  limits: quantities,
  requests: quantities,
  claims: z.array(z.strictObject({ name, request: text })).exactOptional(),
});

const keyOf = z.strictObject({ name: text, key: name, optional: flag });
const sourceOf = z.strictObject({ name: text, optional: flag });

export const envVar = z.strictObject({
  name,
  value: text,
  valueFrom: z
    .strictObject({
      secretKeyRef: keyOf.exactOptional(),
      configMapKeyRef: keyOf.exactOptional(),
      fieldRef: z.strictObject({ apiVersion: text, fieldPath: name }).exactOptional(),
      resourceFieldRef: z
        .strictObject({ containerName: text, resource: name, divisor: anything })
        .exactOptional(),
      fileKeyRef: anything,
    })
    .exactOptional(),
});

export const envFromSource = z.strictObject({
  prefix: text,
  configMapRef: sourceOf.exactOptional(),
  secretRef: sourceOf.exactOptional(),
});

export const volumeMount = z.strictObject({
  name,
  mountPath: name,
  subPath: text,
  subPathExpr: text,
  readOnly: flag,
  recursiveReadOnly: text,
  mountPropagation: text,
});

export const volumeDevice = z.strictObject({ name, devicePath: name });

export const securityContext = z.strictObject({
  capabilities: z.strictObject({ add: texts, drop: texts }).exactOptional(),
  privileged: flag,
  seLinuxOptions: z
    .strictObject({ user: text, role: text, type: text, level: text })
    .exactOptional(),
  windowsOptions: z
    .strictObject({
      gmsaCredentialSpecName: text,
      gmsaCredentialSpec: text,
      runAsUserName: text,
      hostProcess: flag,
    })
    .exactOptional(),
  runAsUser: whole,
  runAsGroup: whole,
  runAsNonRoot: flag,
  readOnlyRootFilesystem: flag,
  allowPrivilegeEscalation: flag,
  procMount: text,
  seccompProfile: z.strictObject({ type: name, localhostProfile: text }).exactOptional(),
  appArmorProfile: z.strictObject({ type: name, localhostProfile: text }).exactOptional(),
});

export const containerPort = z.strictObject({
  containerPort: z.int(),
  name: text,
  hostPort: whole,
  hostIP: text,
  protocol: text,
});

const action = z.strictObject({
  exec: z.strictObject({ command: texts }).exactOptional(),
  httpGet: anything,
  tcpSocket: anything,
  grpc: anything,
  sleep: anything,
});

export const probe = action.omit({ sleep: true }).extend({
  initialDelaySeconds: whole,
  timeoutSeconds: whole,
  periodSeconds: whole,
  successThreshold: whole,
  failureThreshold: whole,
  terminationGracePeriodSeconds: whole,
});

export const lifecycle = z.strictObject({
  postStart: action.exactOptional(),
  preStop: action.exactOptional(),
  stopSignal: text,
});

const items = z.array(z.strictObject({ key: name, path: name, mode: whole })).exactOptional();
const configMapSource = z.strictObject({ name: text, items, optional: flag });

export const secretVolume = z.strictObject({
  secretName: text,
  items,
  defaultMode: whole,
  optional: flag,
});
export const configMapVolume = configMapSource.extend({ defaultMode: whole });
export const emptyDirVolume = z.strictObject({
  medium: text,
  sizeLimit: quantity.exactOptional(),
});
export const claimVolume = z.strictObject({ claimName: name, readOnly: flag });
export const csiVolume = z.strictObject({
  driver: name,
  readOnly: flag,
  fsType: text,
  volumeAttributes: z.record(z.string(), z.string()).exactOptional(),
  nodePublishSecretRef: z.strictObject({ name: text }).exactOptional(),
});
export const projectedVolume = z.strictObject({
  defaultMode: whole,
  sources: z
    .array(
      z.strictObject({
        secret: configMapSource.exactOptional(),
        configMap: configMapSource.exactOptional(),
        downwardAPI: anything,
        serviceAccountToken: z
          .strictObject({ audience: text, expirationSeconds: whole, path: name })
          .exactOptional(),
        clusterTrustBundle: anything,
        podCertificate: anything,
      }),
    )
    .exactOptional(),
});

export const volume = z.strictObject({
  name,
  configMap: configMapVolume.exactOptional(),
  secret: secretVolume.exactOptional(),
  emptyDir: emptyDirVolume.exactOptional(),
  persistentVolumeClaim: claimVolume.exactOptional(),
  projected: projectedVolume.exactOptional(),
  csi: csiVolume.exactOptional(),
  hostPath: z.strictObject({ path: name, type: text }).exactOptional(),
  nfs: z.strictObject({ server: name, path: name, readOnly: flag }).exactOptional(),
  image: z.strictObject({ reference: text, pullPolicy: text }).exactOptional(),
  downwardAPI: anything,
  ephemeral: anything,
  awsElasticBlockStore: anything,
  azureDisk: anything,
  azureFile: anything,
  cephfs: anything,
  cinder: anything,
  fc: anything,
  flexVolume: anything,
  flocker: anything,
  gcePersistentDisk: anything,
  gitRepo: anything,
  glusterfs: anything,
  iscsi: anything,
  photonPersistentDisk: anything,
  portworxVolume: anything,
  quobyte: anything,
  rbd: anything,
  scaleIO: anything,
  storageos: anything,
  vsphereVolume: anything,
});

/** What a step, a stepTemplate and a sidecar have in common. */
export const containerFields = {
  image: text,
  imagePullPolicy: text,
  command: texts,
  args: texts,
  env: z.array(envVar).exactOptional(),
  envFrom: z.array(envFromSource).exactOptional(),
  workingDir: text,
  computeResources: resourceRequirements.exactOptional(),
  securityContext: securityContext.exactOptional(),
  volumeMounts: z.array(volumeMount).exactOptional(),
  volumeDevices: z.array(volumeDevice).exactOptional(),
};
