import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Rules of pipelines and of what streams and channels give them. */
export const tektonRules = {
  "pipeline-not-found": {
    ...error,
    what: "A pipeline's path names no Pipeline of this repository.",
    why: "The run could not start.",
    mend: "Correct the path, or add the pipeline.",
  },
  "pipeline-elsewhere": {
    ...warning,
    what: "A pipeline or task stands in another repository and is not verified.",
    why: "Its parameters, workspaces and results can't be checked in the review.",
    mend: "Nothing has to be done; check its parameters yourself, or bring it into this repository.",
  },
  "pipeline-on-cluster": {
    severity: "notice",
    what: "A pipeline or task exists only on the cluster and is not verified.",
    why: "It can change without a review, and nothing of it can be checked here.",
    mend: "Prefer a path of this repository or a git reference at a full commit.",
  },
  "pipeline-task-not-found": {
    ...error,
    what: "A task of a pipeline refers to a file that is no Task of this repository.",
    why: "The run would fail when Tekton resolves the task.",
    mend: "Correct `pathInRepo`, or add the task.",
  },
  "task-param-unknown": {
    ...error,
    what: "A pipeline gives a task a parameter that the task does not declare.",
    why: "It has no effect, so the task runs with something else than meant.",
    mend: "Correct the name, or declare the parameter in the task.",
  },
  "task-param-missing": {
    ...error,
    what: "A pipeline does not give a task a parameter that has no default.",
    why: "The run would fail when the task starts.",
    mend: "Add the parameter.",
  },
  "param-unknown": {
    ...error,
    what: "A parameter is not declared by the pipeline.",
    why: "Tekton ignores it, so the build silently uses something else.",
    mend: "Correct the name, or remove it.",
  },
  "param-missing": {
    ...error,
    what: "A parameter that has no default is not given.",
    why: "The run would fail at its start.",
    mend: "Add it under `params`.",
  },
  "param-value": {
    ...error,
    what: "A parameter's value is none of those that the pipeline allows.",
    why: "The run would fail at its start.",
    mend: "Use one of the allowed values.",
  },
  "param-type": {
    ...error,
    what: "A parameter of type array or object is given, or has to be.",
    why: "The webhook carries strings only.",
    mend: "Let the pipeline take a string, or give the parameter a default.",
  },
  "param-reserved": {
    ...error,
    what: "A parameter is given that is filled by itself: `repository-url` or `revision`.",
    why: "They carry the commit that was reviewed; another value would run something else.",
    mend: "Remove it.",
  },
  "workspace-missing": {
    ...error,
    what: "A workspace that the pipeline needs is not bound.",
    why: "The run would fail at its start.",
    mend: "Bind it under `workspaces`.",
  },
  "workspace-unknown": {
    ...error,
    what: "A workspace is bound that the pipeline does not declare.",
    why: "It has no effect; a misspelt one leaves another unbound.",
    mend: "Correct the name, or remove it.",
  },
  "release-result-unknown": {
    ...error,
    what: "A release is taken from a result that the pipeline does not declare.",
    why: "A successful build would give no release.",
    mend: "Name a result of the pipeline.",
  },
  "variable-unknown": {
    ...error,
    what: "A value uses `$(…)` with a name that is not known at that place.",
    why: "It would reach the pipeline as it stands.",
    mend: "Use one of the names that the finding lists.",
  },
} as const satisfies Record<string, Rule>;
