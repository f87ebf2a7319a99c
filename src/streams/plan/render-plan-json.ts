import { quoted } from "../../quoted.ts";
import { describeGap } from "./describe-gap.ts";
import { diffPipelineRuns } from "./diff-pipeline-runs.ts";
import type { Plan } from "./plan.ts";

/** The plan as schemas/output/plan.json describes it. */
export function renderPlanJson(plan: Plan): string {
  const builds = plan.builds.map(({ run, ...build }) => {
    return { ...build, pipelineRunDiff: diffPipelineRuns(run) };
  });
  const gaps = plan.triggers.gaps.map((gap) => ({ ...gap, message: describeGap(gap, quoted) }));
  return JSON.stringify(
    {
      apiVersion: "streams.okd.io/v1alpha1",
      kind: "Plan",
      ...plan,
      builds,
      triggers: { ...plan.triggers, gaps },
    },
    undefined,
    2,
  );
}
