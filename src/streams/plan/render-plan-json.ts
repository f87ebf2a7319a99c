import type { Plan } from "./plan.ts";

/** The plan as schemas/output/plan.json describes it. */
export function renderPlanJson(plan: Plan): string {
  return JSON.stringify(
    { apiVersion: "streams.okd.io/v1alpha1", kind: "Plan", ...plan },
    undefined,
    2,
  );
}
