/** What the manifests of a listener are made for. */
export interface ManifestOptions {
  /** Of the listener and the runs. */
  readonly namespace: string;
  /** Name of the EventListener, and the first part of the names of its accounts and secret. */
  readonly listener: string;
  /** Service account of the runs; one without rights is made where it is not named. */
  readonly serviceAccount?: string;
  /** For trials of pull requests: builds alone, without secrets, and under this service account whatever a request says. */
  readonly trials?: boolean;
  /** Only what runs on this cluster of `spec.build.cluster`; everything where absent. */
  readonly cluster?: string;
}

/** Name of the secret whose key `secret` the bot signs its requests with. */
export function listenerSecret({ listener }: Pick<ManifestOptions, "listener">): string {
  return `${listener}-webhook`;
}
