/** The files of a streams repository, apiVersion streams.okd.io/v1alpha1; each is described field by field in schemas/. */
export interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Where a pipeline stands: exactly one of a file of this repository, a file of another at a full commit, a name on the cluster. */
export type PipelineRef =
  | { readonly path: string }
  | { readonly git: { readonly url: string; readonly revision: string; readonly path: string } }
  | { readonly name: string };

export type WorkspaceSource =
  | { readonly emptyDir: Readonly<Record<string, never>> }
  | { readonly persistentVolumeClaim: { readonly claimName: string } }
  | { readonly volumeClaimTemplate: { readonly storage: string } }
  | { readonly secret: { readonly secretName: string } }
  | { readonly configMap: { readonly name: string } };

export interface PipelineUse {
  readonly cluster?: string;
  readonly pipelineRef: PipelineRef;
  /** Tekton Triggers carries strings only. */
  readonly params?: Readonly<Record<string, string>>;
  readonly workspaces?: Readonly<Record<string, WorkspaceSource>>;
  readonly timeouts?: {
    readonly pipeline?: string;
    readonly tasks?: string;
    readonly finally?: string;
  };
}

/** What a build asks of a machine; a type, so that it is a record of its fields. */
export type BuildNeeds = Readonly<{
  kvm?: boolean;
  /** Of the largest step. */
  memory?: string;
}>;

export interface BuildSpec extends PipelineUse {
  readonly cluster: string;
  readonly needs?: BuildNeeds;
}

export type VerificationMode = "blocking" | "informing" | "upgrade";

export interface Verification extends PipelineUse {
  readonly name: string;
  readonly mode: VerificationMode;
  readonly maxRetries?: number;
}

export interface ReleaseSpec {
  readonly nameTemplate: string;
  readonly from:
    | { readonly results: { readonly pullSpec: string; readonly digest: string } }
    | { readonly image: string };
}

export interface Stream {
  readonly apiVersion: "streams.okd.io/v1alpha1";
  readonly kind: "Stream";
  readonly metadata: Metadata;
  readonly spec: {
    readonly title: string;
    readonly description?: string;
    readonly maintainers?: readonly string[];
    readonly version: string;
    readonly operatingSystem: "scos" | "fcos";
    readonly architectures: readonly string[];
    readonly build: BuildSpec;
    readonly triggers?: {
      readonly merge?: boolean;
      readonly schedule?: { readonly cron: string; readonly timeZone?: string };
      readonly afterStreams?: readonly string[];
    };
    readonly release: ReleaseSpec;
    readonly verify?: readonly Verification[];
    readonly lifecycle?: {
      readonly state: "active" | "paused" | "retired";
      readonly endOfLife?: string;
    };
  };
}

export type ChannelSource = { readonly stream: string } | { readonly channel: string };

export interface Freeze {
  readonly from: string;
  readonly to: string;
  readonly timeZone?: string;
  readonly reason: string;
}

export interface ApprovalPolicy {
  readonly minimum: number;
  /** Logins and @org/team; where empty, the settings' approvers count. */
  readonly approvers?: readonly string[];
  /** Each of these has to approve, whatever the minimum. */
  readonly required?: readonly string[];
}

export interface Channel {
  readonly apiVersion: "streams.okd.io/v1alpha1";
  readonly kind: "Channel";
  readonly metadata: Metadata;
  readonly spec: {
    readonly title: string;
    readonly description?: string;
    readonly sources: readonly ChannelSource[];
    /** Published names are `VERSION-SUFFIX.N`, such as 4.21.0-okd-scos.9. */
    readonly naming: { readonly suffix: string };
    readonly promotion: {
      readonly auto?: boolean;
      /** How long a release has to have been Accepted, such as `24h`. */
      readonly soak?: string;
      /** Names of verifications that have to have succeeded. */
      readonly requires?: readonly string[];
      readonly approvals: ApprovalPolicy;
      readonly freezes?: readonly Freeze[];
    };
    readonly publish?: PipelineUse & { readonly cluster: string };
  };
}

/** What a channel wants to be, written by promotion pull requests only. */
export interface ChannelRelease {
  readonly apiVersion: "streams.okd.io/v1alpha1";
  readonly kind: "ChannelRelease";
  readonly metadata: Metadata;
  readonly spec: {
    /** The published name, such as 4.21.0-okd-scos.9. */
    readonly name: string;
    readonly stream: string;
    /** Name of the release that was promoted. */
    readonly release: string;
    readonly pullSpec: string;
    readonly digest: string;
    /** The published name that this one replaced. */
    readonly previous?: string;
    readonly promotion: { readonly requestedBy: string; readonly comment?: string };
  };
}

export type RuleSeverity = "off" | "warn" | "error";

export interface StreamsSettings {
  readonly apiVersion: "streams.okd.io/v1alpha1";
  readonly kind: "StreamsSettings";
  readonly mode?: "report" | "active";
  readonly pause?: boolean;
  /** Whether maintainers may build pull requests before their merge. */
  readonly trials?: boolean;
  readonly roles?: { readonly approvers?: readonly string[] };
  readonly rules?: Readonly<Record<string, RuleSeverity>>;
}
