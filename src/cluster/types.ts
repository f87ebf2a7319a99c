import type { Problem, Result } from "../problem.ts";
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
  /** What its spec says, which its listener made of the request. */
  readonly asked: {
    /** Of all its tasks, each once. */
    readonly serviceAccounts: readonly string[];
    readonly params: Readonly<Record<string, string>>;
  };
}

/**
 * What became of one POST to a listener. `unsent`: it did not arrive, so sending it again is harmless; `unknown`: it may
 * have arrived, and only the cluster can tell.
 */
export type Submission =
  | { readonly outcome: "taken"; readonly eventId: string }
  | { readonly outcome: "refused" | "unsent" | "unknown"; readonly problem: Problem };

/**
 * Who names the PipelineRuns of a listener. `fixed`: its templates take the name from the request, so that the API
 * server refuses a second one. `generated`: the API server makes one up, as with OKD's own listeners, and the run is
 * found by the id of the event that made it.
 */
export type RunNames = "fixed" | "generated";

/** A PipelineRun that changed, appeared or vanished. */
export interface RunSighting {
  readonly name: string;
  /** The event of ours that made it. */
  readonly eventId?: string;
}

export interface WatchListener {
  hear(sighting: RunSighting): void;
  /** Whether changes are told from now on; `error` says why not. */
  live(isLive: boolean, error?: unknown): void;
}

export interface RunWatch {
  /** Resolves when nothing is told any more. */
  stop(): Promise<void>;
}

/** What a node that takes pods offers them. */
export interface ClusterNode {
  readonly name: string;
  /** Bytes. */
  readonly memory: number;
  /** Whether pods may ask it for /dev/kvm. */
  readonly kvm: boolean;
}

/** A named Tekton target: how runs are asked for and how they are seen. */
export interface ClusterClient {
  readonly name: string;
  readonly namespace: string;
  readonly runNames: RunNames;
  /** POSTs the payload once. */
  submit(payload: RunPayload): Promise<Submission>;
  /** The PipelineRun of this name with its tasks; undefined where there is none. */
  readRun(name: string): Promise<Result<ObservedRun | undefined>>;
  /** The same for the PipelineRun that an event made; `conflict` where it made several. */
  findRun(eventId: string): Promise<Result<ObservedRun | undefined>>;
  /** Tells of every change of the runs that its listener made, until it is stopped. */
  watchRuns(listener: WatchListener): RunWatch;
  /** The last `lines` of one step's log; empty where the pod is gone. */
  readLog(podName: string, container: string, lines: number): Promise<Result<string>>;
  /** The objects of Tekton Triggers in the namespace: what its listener takes. */
  readTriggers(): Promise<Result<readonly SourceDocument[]>>;
  /** Its nodes that take pods; `refused` where the bot may not look at them. */
  readNodes(): Promise<Result<readonly ClusterNode[]>>;
  /** Asks Tekton to stop the run; its finally tasks still run. */
  cancelRun(name: string): Promise<Result<void>>;
}
