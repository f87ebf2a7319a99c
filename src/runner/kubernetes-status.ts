import type { Problem, ProblemKind } from "../problem.ts";

const codes: Readonly<Record<ProblemKind, readonly [number, string]>> = {
  invalid: [422, "Invalid"],
  "not-found": [404, "NotFound"],
  refused: [403, "Forbidden"],
  conflict: [409, "AlreadyExists"],
  unavailable: [503, "ServiceUnavailable"],
  unsupported: [422, "Invalid"],
};

/** The Status object that the API server answers errors with. */
export interface KubernetesStatus {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: "Failure";
  readonly message: string;
  readonly reason: string;
  readonly code: number;
}

export function kubernetesStatus(code: number, reason: string, message: string): KubernetesStatus {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    code,
  };
}

/** The Status object of a problem. */
export function statusOfProblem(problem: Problem): KubernetesStatus {
  const [code, reason] = codes[problem.kind];
  return kubernetesStatus(code, reason, problem.what);
}
