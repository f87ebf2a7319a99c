const clearer = "the local runner says which one, and what to do about it";

/** Runs that end otherwise on the local runner, and why. */
export const otherEnds: Readonly<Record<string, string>> = {
  "task-result-type2": "results are shown on Tekton even where one lacks a key",
};

/** Runs that end in the same way, and say it in other words. */
export const ownWords: Readonly<Record<string, string>> = {
  "pipeline-arrindex": clearer,
  "pipeline-no-pipeline": clearer,
  "pipeline-no-task": clearer,
  "pipeline-object-keys": clearer,
  "pipeline-param-missing": clearer,
  "pipeline-param-type": clearer,
  "pipeline-result-index": clearer,
  "pipeline-task-param-missing": clearer,
  "pipeline-task-type": clearer,
  "pipeline-workspace-missing": clearer,
  "task-missing": clearer,
  "task-action-missing": clearer,
  "task-action-param-extra": clearer,
  "task-no-task": clearer,
  "task-object-keys": clearer,
  "task-result-directory": clearer,
  "task-result-space": clearer,
  "task-result-type": clearer,
  "task-type": clearer,
};
