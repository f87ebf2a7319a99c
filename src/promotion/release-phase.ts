import { failed, ok, type Result } from "../problem.ts";
import type { VerificationMode } from "../streams/types.ts";
import type { ReleasePhase } from "./types.ts";

export interface ObservedVerification {
  readonly name: string;
  readonly mode: VerificationMode;
  readonly state: "waiting" | "running" | "succeeded" | "failed";
  /** How often it was run. */
  readonly attempts: number;
  readonly maxRetries: number;
  /** A page of the last attempt. */
  readonly url?: string;
}

export interface PhaseInput {
  /** Whether the build gave a pull spec and a digest: not known yet, given, or given in a form that nobody can pull. */
  readonly image?: "awaited" | "given" | "unusable";
  readonly verifications: readonly ObservedVerification[];
}

export interface PhaseDecision {
  readonly phase: ReleasePhase;
  readonly reason: string;
}

/** The verification failed for good: no retry is left. */
export function isExhausted(verification: ObservedVerification): boolean {
  return verification.state === "failed" && verification.attempts > verification.maxRetries;
}

/**
 * The phase that follows from what is observed. Only blocking verifications decide; with none, a release is Accepted at
 * once. A blocking one that failed and has retries left keeps it Ready.
 */
export function releasePhase({ image = "given", verifications }: PhaseInput): PhaseDecision {
  if (image === "awaited") return { phase: "Pending", reason: "its image is not known yet" };
  if (image === "unusable") {
    return { phase: "Failed", reason: "the build gave no usable pull spec and digest" };
  }
  const blocking = verifications.filter(({ mode }) => mode === "blocking");
  if (blocking.length === 0) return { phase: "Accepted", reason: "no verification blocks it" };
  const broken = blocking.filter(isExhausted);
  if (broken.length > 0) return { phase: "Rejected", reason: `${listNames(broken)} failed` };
  const open = blocking.filter(({ state }) => state !== "succeeded");
  if (open.length > 0) return { phase: "Ready", reason: `waits for ${listNames(open)}` };
  return { phase: "Accepted", reason: `${listNames(blocking)} succeeded` };
}

export interface PhaseOverride {
  readonly name: string;
  readonly phase: ReleasePhase;
  readonly to: "Accepted" | "Rejected";
  readonly reason: string;
}

/** A person's word over the verifications'. A release without an image cannot be accepted by anyone. */
export function overridePhase(override: PhaseOverride): Result<PhaseDecision> {
  const { name, phase, to, reason } = override;
  if (phase === to) {
    return failed({ kind: "conflict", where: name, what: `This release already is ${to}.` });
  }
  if (phase === "Pending" || phase === "Failed") {
    return failed({
      kind: "refused",
      where: name,
      what: `This release is ${phase}: it has no image that could be ${to.toLowerCase()}.`,
      next: phase === "Pending" ? "Wait for its build." : "Build the stream again.",
    });
  }
  if (reason.trim() === "") {
    return failed({ kind: "invalid", where: name, what: "An override needs a reason." });
  }
  return ok({ phase: to, reason: reason.trim() });
}

function listNames(verifications: readonly ObservedVerification[]): string {
  return verifications.map(({ name }) => name).join(", ");
}
