/**
 * The kinds of things that go wrong, by what the caller can do about them:
 * - `invalid`: the input is wrong; somebody has to change it.
 * - `not-found`: what was named does not exist.
 * - `refused`: understood, but not allowed.
 * - `conflict`: the world changed meanwhile; look again and decide again.
 * - `unavailable`: the other side does not answer now; the same call may work later.
 * - `unsupported`: valid, but not something this software does.
 */
export type ProblemKind =
  "invalid" | "not-found" | "refused" | "conflict" | "unavailable" | "unsupported";

/** An error as a value, written for a person: what is wrong, where, and what to do next. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly what: string;
  readonly where?: string;
  readonly next?: string;
  /** For `unavailable`: how long the other side asked us to wait. */
  readonly retryAfterSeconds?: number;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed<T = never>(problem: Problem): Result<T> {
  return { ok: false, problem };
}

/** One line for a terminal or a comment: `where: what. next`. */
export function describeProblem(problem: Problem): string {
  const where = problem.where === undefined ? "" : `${problem.where}: `;
  const next = problem.next === undefined ? "" : ` ${problem.next}`;
  return `${where}${problem.what}${next}`;
}

/** Carries a problem through code that can only throw, such as a library's callback. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(describeProblem(problem), options);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The value of a result, or its problem thrown as a ProblemError. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.problem);
  return result.value;
}
