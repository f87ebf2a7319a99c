/** Fields that say something of one cluster, one moment or one object, wherever they stand. */
export const neverTheSame: Readonly<Record<string, string>> = {
  uid: "names one object",
  resourceVersion: "counts the changes of one cluster",
  managedFields: "the API server's notes on who wrote what",
  "tekton.dev/pipelineRunUID": "names one object",
  imageID: "no image is pulled here",
  featureFlags: "the settings of one cluster",
  "pipeline.tekton.dev/release": "names the build of Tekton's controller that made the pod",
  "pipeline.tekton.dev/affinity-assistant": "puts the pods that share a claim onto one node",
};

/** Maps that are empty without those. */
export const emptyWithoutThose = ["provenance", "annotations"];

interface Difference {
  /** Where, through all lists, as `status.steps.imageID`. */
  readonly at: string;
  readonly why: string;
}

const empty = "what is written and empty stays here; the API server leaves it out";
const usage = "a step's workspace that says no place has an empty one on Tekton, and none here";
const values: Difference = {
  at: "status.childReferences.whenExpressions",
  why: "Tekton shows the expressions of finally tasks as they are written; here they have the values that decided",
};
const sidecars: Difference = {
  at: "status.sidecars",
  why: "Tekton looks at a sidecar before it stops it, and reads its end only where something else makes it look again",
};
const refused: Difference = {
  at: "status.steps.terminated.message",
  why: "a result that was refused is not shown as one here",
};

/** What differs in the objects of single runs beside how they end. */
export const otherObjects: Readonly<Record<string, readonly Difference[]>> = {
  "pipeline-when": [values],
  "pipeline-when-values": [values],
  "pipeline-workspace-optional-unbound": [
    {
      at: "status.pipelineSpec",
      why: "whether a workspace is bound that a task has under the name of another is left to its TaskRun",
    },
  ],
  "task-shape-settings": [
    { at: "spec.taskSpec.steps.workspaces.mountPath", why: usage },
    { at: "status.taskSpec.steps.workspaces.mountPath", why: usage },
  ],
  "task-template-merge": [
    { at: "spec.taskSpec.steps.args", why: empty },
    { at: "spec.taskSpec.steps.env.value", why: empty },
    { at: "status.taskSpec.steps.args", why: empty },
    { at: "status.taskSpec.steps.env.value", why: empty },
  ],
  "task-result-space": [refused],
  "task-result-type": [refused],
  "task-sidecar": [sidecars],
  "task-sidecar-beside": [sidecars],
};

/** What shows that a run ends otherwise, or says it in other words. */
export const endings = [
  "spec.taskSpec",
  "status.conditions",
  "status.results",
  "status.steps",
  "status.taskSpec",
];
export const words = ["status.conditions.message"];
