import type { VolumeSource } from "./pod-types.ts";

/** What a param or a result can be. */
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

export interface WorkspaceBinding extends VolumeSource {
  readonly name: string;
  readonly subPath?: string;
  readonly volumeClaimTemplate?: unknown;
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

export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  readonly creationTimestamp?: string;
}

/** Labels and annotations for what is made from an embedded spec. */
export interface EmbeddedMeta {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
