import type { ClusterClient } from "../cluster/types.ts";
import type { GitHubApp } from "../github/create-github-app.ts";
import type { Elsewhere } from "../github/open-elsewhere.ts";
import type { Mirror } from "../github/open-mirror.ts";
import type { Gate } from "../promotion/types.ts";
import type { Registries } from "../registry/open-registries.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Database } from "../store/tables.ts";
import type { QueueLimits } from "./runs/place-in-queue.ts";
import type { KeyedLock } from "./keyed-lock.ts";
import type { Replica } from "./replica.ts";

/** A cluster as the operator offers it: its client, and who may build there. */
export interface OfferedCluster {
  readonly client: ClusterClient;
  /** `owner/name` or `owner/*`. */
  readonly repositories: readonly string[];
  /** Service account of the runs; that of the listener's templates where absent. */
  readonly serviceAccount?: string;
  /** Secrets of its namespace that streams may bind to workspaces. */
  readonly secrets: readonly string[];
  readonly startDeadlineMs: number;
  readonly limits: QueueLimits;
  /** Absent where no pull request may be built before its merge. */
  readonly trials?: TrialCluster;
}

/** Where trials of pull requests run: apart from everything that builds may touch. */
export interface TrialCluster {
  /** Of a namespace of its own, with a listener and a secret of its own. */
  readonly client: ClusterClient;
  readonly serviceAccount: string;
  /** What every trial is forced to set. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Logger {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Everything that the use cases reach the world through. */
export interface Bot {
  readonly db: Database;
  readonly gitHub: GitHubApp;
  readonly mirrorOf: (repository: Repository) => Mirror;
  /** Repositories that the operator allows pipelines to stand in. */
  readonly elsewhere: Elsewhere;
  /** Registries that the operator allows digests to be read from. */
  readonly registries: Registries;
  readonly clusters: ReadonlyMap<string, OfferedCluster>;
  /** Base of the bot's own pages, without a slash at its end. */
  readonly publicUrl: string;
  /** Base of GitHub's pages, without a slash at its end. */
  readonly gitHubUrl: string;
  readonly pollMs: number;
  readonly retryMs: number;
  readonly now: () => Date;
  readonly lock: KeyedLock;
  readonly replica: Replica;
  readonly log: Logger;
  /** The gates of open promotions as they were last judged, by the promotion's id: for pages, never for decisions. */
  readonly lastGates: Map<string, readonly Gate[]>;
  /** Clients of the clusters that tell of every change of their runs: these are looked at less often by themselves. */
  readonly watched: Set<ClusterClient>;
  /** Tells the workers that something became due. */
  readonly wake: () => void;
}
