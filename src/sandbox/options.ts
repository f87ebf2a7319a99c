import type { Account, Delivery, Permissions, Role } from "./types.ts";
import type { FaultRule } from "./http/faults.ts";
import type { RestCall } from "./http/rest-calls.ts";
import type { Exchange } from "./exchange.ts";

export interface AppOptions {
  readonly id: number;
  readonly slug: string;
  /** PEM; a key pair is made where it is missing. */
  readonly privateKey?: string;
  readonly webhookSecret: string;
  readonly webhookUrl?: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export interface PersonOptions {
  readonly login: string;
  readonly name: string;
  /** A token is made where it is missing. */
  readonly token?: string;
}

export interface SandboxOptions {
  /** 0 (the default): any free one. */
  readonly port?: number;
  /** Loopback where it is missing: whoever reaches the pages may act as anybody. */
  readonly host?: string;
  /** Where the bare git repositories are made. */
  readonly directory: string;
  readonly app: AppOptions;
  readonly people: readonly PersonOptions[];
  /** Teams by `org/slug`, with the logins of their members. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  /** Called with every REST exchange and every webhook, for the contract check. */
  readonly record?: (exchange: Exchange) => void;
  /** How long refs/pull/N/* stay behind the webhook, in milliseconds; 0 by default. */
  readonly refLagMs?: number;
  /** How long `mergeable` stays null after a push, in milliseconds; 100 by default. */
  readonly mergeableLagMs?: number;
  /** How long a webhook's receiver may take, in milliseconds; 10,000 by default, as on GitHub. */
  readonly webhookTimeoutMs?: number;
  /** GitHub's secondary limit on content (80 a minute); off where it is missing. */
  readonly contentCreationsPerMinute?: number;
  /** Shown on the first page: the pages of what runs beside the sandbox. */
  readonly links?: readonly { readonly title: string; readonly href: string }[];
}

export interface RepositoryOptions {
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** Content by path. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly collaborators?: Readonly<Record<string, Role>>;
  readonly requiredChecks?: readonly string[];
  readonly requiredReviews?: number;
  /** Whether the App is installed on it; true by default. */
  readonly installed?: boolean;
}

export interface Sandbox {
  readonly url: string;
  /** Base of the REST interface, laid out as on GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly port: number;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly privateKey: string;
    readonly installationId: number;
  };
  createRepository(options: RepositoryOptions): Promise<{ readonly id: number }>;
  /** A person's own copy, from which they may open pull requests. */
  fork(owner: string, name: string, login: string): Promise<{ readonly id: number }>;
  /** Puts a pull request into its base branch's merge queue as this person; gives the commit of its group. */
  queuePull(owner: string, name: string, number: number, login: string): Promise<string>;
  setWebhookUrl(url: string): void;
  tokenFor(login: string): string;
  people(): readonly Account[];
  deliveries(): readonly Delivery[];
  /** Sends a delivery again under its own GUID, as a doubled webhook. */
  sendAgain(deliveryId: number): Promise<Delivery>;
  /** Posts a delivery's payload with a signature made with another secret; gives the receiver's status. */
  sendForged(deliveryId: number): Promise<number>;
  /** Resolves when every webhook so far was answered, refused or timed out. */
  settled(): Promise<void>;
  fault(rule: FaultRule): void;
  restCalls(): readonly RestCall[];
  close(): Promise<void>;
}
