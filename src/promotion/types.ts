/** Pending → Failed | Ready; Ready → Accepted | Rejected; a person may override the latter two. */
export type ReleasePhase = "Pending" | "Failed" | "Ready" | "Accepted" | "Rejected";

/** What a promotion needs to know of a release. Times are ISO 8601. */
export interface Release {
  readonly name: string;
  readonly stream: string;
  readonly pullSpec: string;
  /** Of the image: `sha256:…`. */
  readonly digest: string;
  /** Of the streams repository. */
  readonly commit: string;
  readonly phase: ReleasePhase;
  readonly phaseReason: string | null;
  readonly createdAt: string;
  /** When it became Accepted, this time; null where it is not. */
  readonly acceptedAt: string | null;
}

export type GateName =
  "release" | "verification" | "soak" | "approvals" | "freeze" | "hold" | "contents";

/**
 * A condition of a promotion. `open` lets it pass; `waiting` opens by itself or with an expected act; `closed` needs
 * somebody to change something; `unknown` could not be evaluated. Only `open` is yes.
 */
export interface Gate {
  readonly name: GateName;
  readonly state: "open" | "waiting" | "closed" | "unknown";
  /** Markdown in one line, for a person; texts of others in it are neutralised. */
  readonly why: string;
  /** When looking again may give another answer, where time alone decides. ISO 8601. */
  readonly until?: string;
}
