import type {
  ContainerFields,
  PodTemplate,
  Sidecar,
  Volume,
  VolumeSource,
  WorkspaceUsage,
} from "./pod-types.ts";

export type * from "./pod-types.ts";

/**
 * Tekton's own objects, as far as this software reads them (tekton.dev/v1).
 * https://tekton.dev/docs/pipelines/pipeline-api/
 */
export type ParamValue = string | readonly string[] | Readonly<Record<string, string>>;

export interface Param {
  readonly name: string;
  readonly value: ParamValue;
}

export interface ParamSpec {
  readonly name: string;
  readonly type?: "string" | "array" | "object";
  readonly description?: string;
  readonly default?: ParamValue;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly type?: "string" }>>;
}

export interface ResultSpec {
  readonly name: string;
  readonly type?: "string" | "array" | "object";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, { readonly type?: "string" }>>;
  /** Only of a Task: the result of a step that it is taken from. */
  readonly value?: ParamValue;
  /** Only of a Task: what it is where no step writes it. */
  readonly default?: ParamValue;
}

export interface WorkspaceDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly mountPath?: string;
  readonly readOnly?: boolean;
  readonly optional?: boolean;
}

export interface Step extends ContainerFields {
  readonly name?: string;
  readonly displayName?: string;
  readonly script?: string;
  readonly timeout?: string;
  /** `continue`, `stopAndFail` or a variable. */
  readonly onError?: string;
  readonly workspaces?: readonly WorkspaceUsage[];
  readonly stdoutConfig?: { readonly path?: string };
  readonly stderrConfig?: { readonly path?: string };
  readonly ref?: ObjectRef;
  readonly params?: readonly Param[];
  readonly results?: readonly ResultSpec[];
  readonly when?: readonly WhenExpression[];
}

export interface TaskSpec {
  readonly displayName?: string;
  readonly description?: string;
  readonly params?: readonly ParamSpec[];
  readonly results?: readonly ResultSpec[];
  readonly workspaces?: readonly WorkspaceDeclaration[];
  readonly steps: readonly Step[];
  readonly stepTemplate?: ContainerFields;
  readonly sidecars?: readonly Sidecar[];
  readonly volumes?: readonly Volume[];
  /** Only in the taskSpec of a PipelineTask: labels and annotations of its TaskRun. */
  readonly metadata?: EmbeddedMeta;
}

/** Labels and annotations for what is made from an embedded spec. */
export interface EmbeddedMeta {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  readonly creationTimestamp?: string;
}

export interface Task {
  readonly apiVersion: string;
  readonly kind: "Task";
  readonly metadata: ObjectMeta & { readonly name: string };
  readonly spec: TaskSpec;
}

/** One step that many Tasks can refer to. */
export interface StepAction {
  readonly apiVersion: string;
  readonly kind: "StepAction";
  readonly metadata: ObjectMeta & { readonly name: string };
  readonly spec: Pick<
    Step,
    | "image"
    | "script"
    | "command"
    | "args"
    | "env"
    | "workingDir"
    | "securityContext"
    | "volumeMounts"
    | "results"
  > & { readonly description?: string; readonly params?: readonly ParamSpec[] };
}

/** A reference by name in the namespace, or through a resolver such as `git`. */
export interface ObjectRef {
  readonly kind?: string;
  /** In a taskRef: what makes it the reference of a custom task. */
  readonly apiVersion?: string;
  readonly name?: string;
  readonly resolver?: string;
  readonly params?: readonly Param[];
}

export interface WhenExpression {
  readonly input?: string;
  readonly operator?: "in" | "notin";
  readonly values?: readonly string[];
  readonly cel?: string;
}

/** The fan-out of a task: one run for each combination of the lists, and for what `include` adds. */
export interface Matrix {
  readonly params?: readonly Param[];
  readonly include?: readonly { readonly name?: string; readonly params?: readonly Param[] }[];
}

export interface PipelineTask {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly taskRef?: ObjectRef;
  readonly taskSpec?: TaskSpec;
  readonly params?: readonly Param[];
  readonly runAfter?: readonly string[];
  readonly when?: readonly WhenExpression[];
  readonly workspaces?: readonly {
    readonly name: string;
    readonly workspace?: string;
    readonly subPath?: string;
  }[];
  readonly retries?: number;
  readonly timeout?: string;
  /** `continue`, `stopAndFail` or a variable. */
  readonly onError?: string;
  readonly matrix?: Matrix;
  /** A pipeline as a task is an alpha feature of Tekton. */
  readonly pipelineRef?: ObjectRef;
  readonly pipelineSpec?: PipelineSpec;
}

export interface PipelineResult {
  readonly name: string;
  readonly type?: "string" | "array" | "object";
  readonly description?: string;
  readonly value: ParamValue;
}

export interface PipelineSpec {
  readonly displayName?: string;
  readonly description?: string;
  readonly params?: readonly ParamSpec[];
  readonly workspaces?: readonly WorkspaceDeclaration[];
  readonly tasks: readonly PipelineTask[];
  readonly finally?: readonly PipelineTask[];
  readonly results?: readonly PipelineResult[];
}

export interface Pipeline {
  readonly apiVersion: string;
  readonly kind: "Pipeline";
  readonly metadata: ObjectMeta & { readonly name: string };
  readonly spec: PipelineSpec;
}

export interface WorkspaceBinding extends VolumeSource {
  readonly name: string;
  readonly subPath?: string;
  readonly volumeClaimTemplate?: unknown;
}

export interface Timeouts {
  readonly pipeline?: string;
  readonly tasks?: string;
  readonly finally?: string;
}

/** What a PipelineRun changes in the TaskRun of one task. */
export interface PipelineTaskRunSpec {
  readonly pipelineTaskName?: string;
  readonly timeout?: string;
  readonly serviceAccountName?: string;
  readonly podTemplate?: PodTemplate;
  readonly metadata?: EmbeddedMeta;
  readonly [field: string]: unknown;
}

export interface PipelineRun {
  readonly apiVersion: string;
  readonly kind: "PipelineRun";
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly pipelineRef?: ObjectRef;
    readonly pipelineSpec?: PipelineSpec;
    readonly params?: readonly Param[];
    readonly workspaces?: readonly WorkspaceBinding[];
    readonly timeouts?: Timeouts;
    readonly taskRunTemplate?: {
      readonly serviceAccountName?: string;
      readonly podTemplate?: PodTemplate;
    };
    readonly taskRunSpecs?: readonly PipelineTaskRunSpec[];
    readonly status?: string;
  };
}

export interface TaskRun {
  readonly apiVersion: string;
  readonly kind: "TaskRun";
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly taskRef?: ObjectRef;
    readonly taskSpec?: TaskSpec;
    readonly params?: readonly Param[];
    readonly workspaces?: readonly WorkspaceBinding[];
    readonly timeout?: string;
    readonly retries?: number;
    readonly serviceAccountName?: string;
    readonly podTemplate?: PodTemplate;
    readonly debug?: unknown;
    readonly status?: string;
    readonly statusMessage?: string;
  };
}
