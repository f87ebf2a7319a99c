import type { ObservedVerification } from "./release-phase.ts";
import type { Gate } from "./types.ts";

/** What the bot's texts about a promotion are made of. Times are ISO 8601; pages are absolute addresses. */
export interface PromotionView {
  readonly channel: string;
  readonly channelTitle: string;
  readonly channelUrl: string;
  readonly release: string;
  readonly releaseUrl: string;
  readonly stream: string;
  /** The published name that the channel will hold. */
  readonly targetName: string;
  /** The published name that it holds now; undefined where it is empty. */
  readonly fromName: string | undefined;
  readonly pullSpec: string;
  readonly digest: string;
  readonly commit: string;
  readonly commitUrl: string;
  readonly runName: string;
  readonly runUrl: string;
  readonly requester: string;
  /** The comment that asked for it. */
  readonly requestUrl: string | undefined;
  readonly verifications: readonly ObservedVerification[];
  /** Logins and teams that may approve. */
  readonly approvers: readonly string[];
  readonly minimumApprovals: number;
  readonly soak: string | undefined;
}

/** How a promotion stands: what the sticky status comment and the check say. */
export interface PromotionStatus {
  readonly state:
    | "open"
    | "merging"
    | "merged"
    | "publishing"
    | "published"
    | "publish-failed"
    | "declined"
    | "closed";
  readonly gates: readonly Gate[];
  readonly approvals: readonly { readonly login: string; readonly createdAt: string }[];
  readonly ignored: readonly { readonly login: string; readonly why: string }[];
  readonly minimumApprovals: number;
  /** GitHub's own refusal to merge, or the reason of a decline. */
  readonly note?: string;
  /** The publish run's page, or the channel's. */
  readonly url?: string;
}
