import { createHash } from "node:crypto";
import type { RunRequest } from "./run-request.ts";

/** What tells one request for a run from every other. */
export type RunIdentity = Pick<
  RunRequest,
  "repositoryId" | "kind" | "subject" | "inputDigest" | "cause" | "attempt"
>;

/** The id of a run: 64 hex characters, the same for the same request. */
export function runKey(run: RunIdentity): string {
  const parts = [run.repositoryId, run.kind, run.subject, run.inputDigest, run.cause, run.attempt];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

const keyLength = 10;
/** Kubernetes makes pod names from it and allows 63 characters for the labels that carry it. */
const maximumLength = 63;

/** The name of its PipelineRun: the shortened subject and the first 10 characters of the key; DNS-1123, at most 63. */
export function runName(run: RunIdentity): string {
  const subject = run.subject
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, maximumLength - keyLength - 1)
    .replace(/-+$/, "");
  return `${subject === "" ? "run" : subject}-${runKey(run).slice(0, keyLength)}`;
}
