import type {
  ParamValue,
  PipelineRun,
  PipelineSpec,
  TaskRun,
  TaskSpec,
  WhenExpression,
} from "../tekton/types.ts";

/** Knative's condition, the one of type Succeeded: https://tekton.dev/docs/pipelines/pipelineruns/#monitoring-execution-status */
export interface Condition {
  readonly type: "Succeeded";
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
}

/** Why something ended, before it is a condition. */
export interface Outcome {
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
  readonly blockOwnerDeletion: boolean;
}

export interface StoredMeta {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace: string;
  readonly uid: string;
  readonly creationTimestamp: string;
  readonly resourceVersion: string;
  /** Counts what the spec has been. */
  readonly generation: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface RunResult {
  readonly name: string;
  readonly type: "string" | "array" | "object";
  readonly value: ParamValue;
}

/** What a container is at, one of the three. */
export interface ContainerState {
  readonly running?: { readonly startedAt: string };
  readonly waiting?: { readonly reason: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly reason: string;
    readonly message?: string;
    readonly startedAt: string;
    readonly finishedAt: string;
  };
}

/** Files that a step took in or gave out, as it says itself. */
export interface Artifact {
  readonly name: string;
  readonly buildOutput?: boolean;
  readonly values: readonly {
    readonly uri: string;
    readonly digest?: Readonly<Record<string, string>>;
  }[];
}

export interface Artifacts {
  readonly inputs?: readonly Artifact[];
  readonly outputs?: readonly Artifact[];
}

export interface StepStatus extends ContainerState, Artifacts {
  readonly name: string;
  /** There is none before there is a pod. */
  readonly container?: string;
  readonly terminationReason?: string;
  readonly results?: readonly RunResult[];
}

/** A step of a pod. */
export interface ContainerStep extends StepStatus {
  readonly container: string;
}

export interface SidecarStatus extends ContainerState {
  readonly name: string;
  readonly container: string;
}

/** Where a Pipeline or Task came from, as Tekton's provenance writes it. */
export interface RefSource {
  readonly uri: string;
  readonly digest: Readonly<Record<string, string>>;
  readonly entryPoint: string;
}

export interface TaskRunStatus {
  readonly conditions: readonly Condition[];
  /** Empty until there is a pod. */
  readonly podName: string;
  readonly startTime: string;
  readonly completionTime?: string;
  readonly steps?: readonly StepStatus[];
  readonly sidecars?: readonly SidecarStatus[];
  readonly results?: readonly RunResult[];
  readonly artifacts?: Artifacts;
  readonly taskSpec?: TaskSpec;
  readonly retriesStatus?: readonly TaskRunStatus[];
  readonly provenance?: { readonly refSource: RefSource };
}

export interface TaskRunObject extends TaskRun {
  readonly metadata: StoredMeta;
  readonly status: TaskRunStatus;
}

export interface SkippedTask {
  readonly name: string;
  readonly reason: string;
  readonly whenExpressions?: readonly WhenExpression[];
}

export interface ChildReference {
  readonly apiVersion: string;
  readonly kind: "TaskRun" | "PipelineRun";
  readonly name: string;
  readonly displayName?: string;
  readonly pipelineTaskName: string;
  readonly whenExpressions?: readonly WhenExpression[];
}

export interface PipelineRunStatus {
  readonly conditions: readonly Condition[];
  readonly startTime: string;
  readonly completionTime?: string;
  readonly finallyStartTime?: string;
  readonly childReferences?: readonly ChildReference[];
  readonly skippedTasks?: readonly SkippedTask[];
  readonly results?: readonly { readonly name: string; readonly value: ParamValue }[];
  readonly pipelineSpec?: PipelineSpec;
  readonly provenance?: { readonly refSource: RefSource };
}

export interface PipelineRunObject extends PipelineRun {
  readonly metadata: StoredMeta;
  readonly status?: PipelineRunStatus;
}

/** Values by key: texts, and the bytes of what is none. */
export type KeyValues = Readonly<Record<string, string | Uint8Array>>;

/** By name of the secret or config map, then by key. */
export type KeyedData = Readonly<Record<string, KeyValues>>;

/** A secret that says what it opens, by its type and its annotations. */
export interface CredentialSecret {
  readonly name: string;
  readonly type: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** By name of the ServiceAccount. */
export type AccountSecrets = Readonly<Record<string, readonly CredentialSecret[]>>;

/** Why a TaskRun is ended before its time: its own timeout, or its PipelineRun was cancelled or timed out. */
export type StopReason = "timeout" | "cancelled" | "pipeline-timeout";
