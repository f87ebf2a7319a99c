const text =
  "Tekton leaves what it does not know as it stands, so the text itself is what the step gets";
const pod = "Tekton makes a pod of it that Kubernetes refuses, so every run fails";
const run = "Tekton looks only when it runs, and the run fails at once";
const read = "Tekton makes a text of what Kubernetes read, which is not what is written";
const typed = "Tekton fills in less or more than the type says: the first entry alone, or a list";

/**
 * What the static rules refuse and Tekton's webhook takes, by the name of the sample, and why it is refused all the
 * same. There is nothing that the webhook refuses and the rules take.
 */
export const differences: Readonly<Record<string, string>> = {
  "Task: a context of pipelines": text,
  "Task: a key of a string": text,
  "Task: a result of an unknown step": text,
  "Task: a result of another task": text,
  "Task: a result that is read": text,
  "Task: a string as an array": text,
  "Task: a workspace as a whole": text,
  "Task: an undeclared param of the old form": text,
  "Task: an undeclared workspace": text,
  "Task: an unknown field of a workspace": text,
  "Task: an unknown result of a step": text,
  "Task: the exit code of an unknown step": text,
  "Task: a volume of two sources": pod,
  "Task: an undeclared param in a mountPath": text,
  "Task: an undeclared param in a sidecar": text,
  "Task: an undeclared param in a volume": pod,
  "Task: an undeclared param in the name of a secret": pod,
  "Task: sidecars of one name": pod,
  "Task: volumes at one path": pod,
  "Pipeline: a field that workspaces do not have": text,
  "Pipeline: a key of a string": run,
  "Pipeline: a key that an object result does not have": text,
  "Pipeline: a param that is not declared, in a subPath": text,
  "Pipeline: a param that is not declared, in the params of a resolver": text,
  "Pipeline: a result of a string that is a list": typed,
  "Pipeline: a result of an array that is one string": typed,
  "Pipeline: a result that an inline task does not declare": run,
  "Pipeline: a result that the inline task does not declare, as a result": run,
  "Pipeline: a variable of a task that Tekton does not know": text,
  "Pipeline: an apiVersion of Tekton's own":
    "Tekton waits for a controller of custom tasks that does not exist, until the run's time is over",
  "Pipeline: an array result inside a text": text,
  "Pipeline: an index of a string": run,
  "PipelineRun: a param of the wrong type": run,
  "PipelineRun: a param that is missing": run,
  "PipelineRun: a taskRunSpec of a task that does not exist": run,
  "PipelineRun: a taskRunSpec of no task": run,
  "PipelineRun: a workspace of the embedded pipeline that is not bound": run,
  "PipelineRun: a workspace that neither the run nor its pipeline has": run,
  "PipelineRun: an object param without a key": run,
  "PipelineRun: two taskRunSpecs of one task":
    "Tekton takes one of the two and says nothing of the other",
  "TaskRun: a param of the wrong type": run,
  "TaskRun: a param that is missing": run,
  "TaskRun: a param that is none of those allowed": run,
  "TaskRun: a workspace of the embedded task that is not bound": run,
  "corpus: default-version.yaml": read,
  "corpus: env-value-from-nothing.yaml": pod,
  "corpus: matrix-of-text.yaml": run,
  "corpus: param-list-version.yaml": read,
  "corpus: param-octal.yaml": read,
  "corpus: param-yes.yaml": read,
  "corpus: pipeline-result-twice.yaml": "the run has two results of one name",
  "corpus: pipeline-without-tasks.yaml": "the run succeeds, and nothing is built",
  "corpus: result-not-declared.yaml": run,
  "corpus: retries-negative.yaml": run,
  "corpus: run-spec-param-missing.yaml": run,
  "corpus: run-spec-task-unknown.yaml": run,
  "corpus: run-spec-unbound.yaml": run,
  "corpus: sidecar-twice.yaml": pod,
  "corpus: status-in-inline-script.yaml": text,
  "corpus: step-result-unknown.yaml": text,
  "corpus: step-unknown.yaml": text,
  "corpus: task-param-number.yaml": read,
  "corpus: task-timeout-negative.yaml": run,
  "corpus: taskrun-param-missing.yaml": run,
  "corpus: taskrun-param-type.yaml": run,
  "corpus: taskrun-workspace-missing.yaml": run,
  "corpus: undeclared-workspace.yaml": text,
  "corpus: unknown-context.yaml": text,
};

/** The same for the examples of Tekton's own module: mistakes of theirs that their runs survive. */
export const differencesInExamples: Readonly<Record<string, string>> = {
  "pipelineruns/beta/isolated-workspaces.yaml":
    "`mountpath`: Tekton reads fields of embedded specs in any letters; in a Task of its own it refuses the same",
  "pipelineruns/beta/pipeline-with-when-expressions-using-array-results.yaml":
    "`$(context.task2.status)` in a script: the shell runs a command of that name, and the check checks nothing",
  "taskruns/alpha/stepaction-when.yaml":
    "`$(workspaces.custom2.bound)` of a workspace that nobody declares: the text is compared, and is never `true`",
  "taskruns/no-ci/default-workspaces.yaml":
    "fails but for clusters whose config-defaults bind every workspace",
  "taskruns/stepaction-params.yaml":
    "`$(params.enumparam[*])` of a string: the text is what the action gets",
};
