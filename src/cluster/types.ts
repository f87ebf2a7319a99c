import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";

/** The body of our webhook to an EventListener; TriggerBindings read it as `$(body.run.name)` and so on. */
export interface RunPayload {
  readonly run: {
    /** 64 hex characters: the annotation streams.okd.io/run-id; the label of that name has the first 63, all that a label holds. */
    readonly id: string;
    /** Name of the PipelineRun: the same request always asks for the same name. */
    readonly name: string;
    readonly kind: string;
    readonly attempt: string;
    /** Of the run's pods; the template's own where absent. */
    readonly serviceAccount?: string;
  };
  readonly repository: { readonly id: string; readonly fullName: string; readonly url: string };
  readonly stream: string;
  readonly subject: string;
  readonly commit: string;
  readonly pipeline: {
    /** Last part of the pipeline's path without its ending, or its name on the cluster: what a trigger's filter compares. */
    readonly name: string;
    readonly url: string;
    readonly revision: string;
    readonly path: string;
  };
  readonly params: Readonly<Record<string, string>>;
  /** By workspace: the claim, secret or config map that it is bound to, or the size of a claim of its own. */
  readonly workspaces: Readonly<Record<string, string>>;
  /** How each is bound, such as `registry=persistentVolumeClaim`; a trigger takes one such combination. */
  readonly workspaceKinds: string;
  readonly timeouts: {
    readonly pipeline: string;
    readonly tasks: string;
    readonly finally: string;
  };
}

export type RunPhase = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "timed-out";

/** A task of a run as the cluster reports it. */
export interface ObservedTask {
  /** Name in the pipeline. */
  readonly name: string;
  readonly taskRun?: string;
  readonly phase: RunPhase | "skipped" | "waiting";
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly podName?: string;
  readonly failedStep?: {
    readonly name: string;
    readonly container: string;
    readonly exitCode: number;
  };
  readonly steps: readonly {
    readonly name: string;
    readonly container: string;
    readonly exitCode?: number;
  }[];
}

/** A PipelineRun as the cluster reports it. Times are ISO 8601. */
export interface ObservedRun {
  readonly name: string;
  readonly uid: string;
  readonly runId?: string;
  readonly phase: RunPhase;
  readonly reason: string;
  readonly message: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly results: Readonly<Record<string, string>>;
  readonly tasks: readonly ObservedTask[];
}

/** A named Tekton target: how runs are asked for and how they are seen. */
export interface ClusterClient {
  readonly name: string;
  readonly namespace: string;
  /** POSTs the signed payload once. `unavailable` where no answer, 429 or 5xx came: whether it arrived is then unknown. */
  submit(payload: RunPayload): Promise<Result<{ readonly eventId: string }>>;
  /** The PipelineRun of this name with its tasks; undefined where there is none. */
  readRun(name: string): Promise<Result<ObservedRun | undefined>>;
  /** The last `lines` of one step's log; empty where the pod is gone. */
  readLog(podName: string, container: string, lines: number): Promise<Result<string>>;
  /** The objects of Tekton Triggers in the namespace: what its listener takes. */
  readTriggers(): Promise<Result<readonly SourceDocument[]>>;
  /** Asks Tekton to stop the run; its finally tasks still run. */
  cancelRun(name: string): Promise<Result<void>>;
}
