import type { PodTemplate } from "./pod-types.ts";
import type { TaskSpec } from "./task-types.ts";
import type {
  EmbeddedMeta,
  ObjectMeta,
  ObjectRef,
  Param,
  ParamSpec,
  ParamValue,
  WhenExpression,
  WorkspaceBinding,
  WorkspaceDeclaration,
} from "./value-types.ts";

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
