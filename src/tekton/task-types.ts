import type { ContainerFields, PodTemplate, Sidecar, Volume, WorkspaceUsage } from "./pod-types.ts";
import type {
  EmbeddedMeta,
  ObjectMeta,
  ObjectRef,
  Param,
  ParamSpec,
  ResultSpec,
  WhenExpression,
  WorkspaceBinding,
  WorkspaceDeclaration,
} from "./value-types.ts";

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
  /** Only there, too: that of a custom task, which the API server shows as null. */
  readonly spec?: null;
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
    /** Resources of single steps and sidecars, or of all together, which only a cluster can give. */
    readonly stepSpecs?: unknown;
    readonly sidecarSpecs?: unknown;
    readonly computeResources?: unknown;
    readonly status?: string;
    readonly statusMessage?: string;
  };
}
