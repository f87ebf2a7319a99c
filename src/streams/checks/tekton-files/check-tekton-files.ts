import { tektonFaults } from "../../../tekton/faults/tekton-faults.ts";
import { isTemplated } from "../../tekton-files/is-templated.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import type { Mistake } from "../mistake.ts";
import { checkClaims } from "./check-claims.ts";
import { checkInterceptors } from "./check-interceptors.ts";
import { checkKnownRuns } from "./check-known-runs.ts";
import { checkKustomizations } from "./check-kustomizations.ts";
import { checkObjectNames } from "./check-object-names.ts";
import { checkPlaceholders } from "./check-placeholders.ts";
import { checkPosts } from "./check-posts.ts";
import { checkRequestScripts } from "./check-request-scripts.ts";
import { checkRuns } from "./check-runs.ts";
import { checkScripts } from "./check-scripts.ts";
import { checkTaskDefaults } from "./check-task-defaults.ts";
import { checkTaskHabits } from "./check-task-habits.ts";
import { checkTimeouts } from "./check-timeouts.ts";
import { checkTriggerObjects } from "./check-trigger-objects.ts";
import { checkTriggers } from "./check-triggers.ts";
import { checkUnusedParams } from "./check-unused-params.ts";
import { checkVolumes } from "./check-volumes.ts";
import { faultMistakes } from "./fault-mistakes.ts";

const checks: readonly ((objects: TektonObjects) => Mistake[])[] = [
  checkClaims,
  checkInterceptors,
  checkKnownRuns,
  checkKustomizations,
  checkObjectNames,
  checkPlaceholders,
  checkPosts,
  checkRequestScripts,
  checkRuns,
  checkScripts,
  checkTaskDefaults,
  checkTaskHabits,
  checkTemplateRuns,
  checkTimeouts,
  checkTriggerObjects,
  checkTriggers,
  checkUnusedParams,
  checkVolumes,
];

/** What Tekton files and those beside them have wrong among each other; pure, and linear in their number. */
export function checkTektonFiles(objects: TektonObjects): Mistake[] {
  return checks.flatMap((check) => check(objects));
}

/** What Tekton would refuse in runs that templates make, except where a param decides it. */
function checkTemplateRuns({ templatePipelineRuns, templateTaskRuns }: TektonObjects): Mistake[] {
  return [...templatePipelineRuns, ...templateTaskRuns].flatMap(({ source }) => {
    const faults = tektonFaults(source).filter(
      ({ path }) => path[0] !== "metadata" && !isTemplated(source.value, path),
    );
    return faultMistakes(source, faults);
  });
}
