/**
 * Parts of Kubernetes' own objects that Tekton's objects hold.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

/** All keys of a Secret or ConfigMap as variables. */
export interface EnvFromSource {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name?: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name?: string; readonly optional?: boolean };
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
  readonly [field: string]: unknown;
}

/** A workspace that only the steps and sidecars see which name it. */
export interface WorkspaceUsage {
  readonly name: string;
  readonly mountPath?: string;
}

/** What a step, a stepTemplate and a sidecar have in common: the fields of a Kubernetes container. */
export interface ContainerFields {
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
  readonly workingDir?: string;
  readonly computeResources?: unknown;
  readonly securityContext?: unknown;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumeDevices?: readonly unknown[];
}

export interface Probe {
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: unknown;
  readonly tcpSocket?: unknown;
  readonly grpc?: unknown;
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

export interface Sidecar extends ContainerFields {
  readonly name?: string;
  readonly script?: string;
  readonly workspaces?: readonly WorkspaceUsage[];
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly [field: string]: unknown;
}

/** A key of a Secret or ConfigMap, and the file that it becomes. */
export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

export interface ConfigMapSource {
  readonly name?: string;
  readonly items?: readonly KeyToPath[];
  readonly optional?: boolean;
  readonly defaultMode?: number;
}

export interface SecretSource {
  readonly secretName?: string;
  readonly items?: readonly KeyToPath[];
  readonly optional?: boolean;
  readonly defaultMode?: number;
}

export interface ProjectedSource {
  readonly defaultMode?: number;
  readonly sources?: readonly {
    readonly secret?: ConfigMapSource;
    readonly configMap?: ConfigMapSource;
    readonly downwardAPI?: unknown;
    readonly serviceAccountToken?: unknown;
    readonly clusterTrustBundle?: unknown;
    readonly podCertificate?: unknown;
  }[];
}

/** Where the files of a volume, or of a workspace, come from; one of them. */
export interface VolumeSource {
  readonly emptyDir?: Readonly<Record<string, unknown>>;
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
  readonly secret?: SecretSource;
  readonly configMap?: ConfigMapSource;
  readonly projected?: ProjectedSource;
  readonly csi?: unknown;
}

/** A name and one field that says where the volume comes from. */
export interface Volume extends VolumeSource {
  readonly name: string;
  readonly [source: string]: unknown;
}

/** What a run says about its pods, as far as it means something on one machine. */
export interface PodTemplate {
  readonly env?: readonly EnvVar[];
  readonly volumes?: readonly Volume[];
  readonly [field: string]: unknown;
}
