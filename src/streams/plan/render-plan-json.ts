import { quoted } from "../../quoted.ts";
import { describeGap } from "./describe-gap.ts";
import { describeNeedsGap } from "./describe-needs-gap.ts";
import { diffPipelineRuns } from "./diff-pipeline-runs.ts";
import type { Plan } from "./plan.ts";

/** The plan as schemas/output/plan.json describes it. */
export function renderPlanJson(plan: Plan): string {
  const builds = plan.builds.map(({ run, ...build }) => {
    return { ...build, pipelineRunDiff: diffPipelineRuns(run) };
  });
  const gaps = plan.triggers.gaps.map((gap) => ({ ...gap, message: describeGap(gap, quoted) }));
  const unmet = plan.needs.gaps.map(({ cluster, neededBy, ...gap }) => {
    return { cluster, neededBy, message: describeNeedsGap({ cluster, ...gap }, quoted) };
  });
  return JSON.stringify(
    {
      apiVersion: "streams.okd.io/v1alpha1",
      kind: "Plan",
      ...plan,
      builds,
      triggers: { ...plan.triggers, gaps },
      needs: { ...plan.needs, gaps: unmet },
    },
    undefined,
    2,
  );
}
