/** What became of a file elsewhere that was asked for; only an edge knows. */
export type FetchedFile =
  | { readonly kind: "content"; readonly content: Uint8Array }
  /** The commit has no such file, or one that nobody reads: `reason` ends the sentence. */
  | { readonly kind: "unusable"; readonly reason: string }
  /** Whether it is there can't be known now; `reason` and `help` are whole sentences. */
  | { readonly kind: "unknown"; readonly reason: string; readonly help: string };

/** By `gitFileKey`. */
export type FetchedFiles = ReadonlyMap<string, FetchedFile>;
