import type { NodePath } from "../../yaml/types.ts";

/** What became of a field that older versions of Tekton had. */
export interface FormerField {
  readonly help: string;
  /** Its name in v1, where nothing else about it changed. */
  readonly renamedTo?: string;
  /** A field that stands beside it in the only kind that had it. */
  readonly beside?: string;
}

const pipelineResources =
  "PipelineResources were removed from Tekton: use params, workspaces and results.";
const bundle =
  "Write `resolver: bundles` with the params `bundle`, `name` and `kind` instead: https://tekton.dev/docs/pipelines/bundle-resolver/";

/** By the way to the field, without indexes; the first that fits the end of the way counts. */
const formerFields: readonly (readonly [RegExp, FormerField])[] = [
  [/(Ref|ref)\.bundle$/, { help: bundle }],
  [
    /(steps|sidecars|stepTemplate)\.resources$/,
    { help: "In v1 it is `computeResources`.", renamedTo: "computeResources" },
  ],
  [/(^|\.)(spec|taskSpec|pipelineSpec|tasks|finally)\.resources$/, { help: pipelineResources }],
  [
    /(^|\.)(spec|taskSpec)\.(inputs|outputs)$/,
    { help: "Write `params`, `results` and `workspaces` instead." },
  ],
  [/\.(tasks|finally)\.conditions$/, { help: "Write `when` instead." }],
  [
    /^spec\.serviceAccountName$/,
    {
      help: "In v1 it is `taskRunTemplate.serviceAccountName` of the run.",
      beside: "pipelineRef",
    },
  ],
  [
    /^spec\.podTemplate$/,
    { help: "In v1 it is `taskRunTemplate.podTemplate` of the run.", beside: "pipelineRef" },
  ],
  [
    /^spec\.timeout$/,
    { help: "In v1 it is `timeouts.pipeline` of the run.", beside: "pipelineRef" },
  ],
  [
    /taskRunSpecs\.taskServiceAccountName$/,
    { help: "In v1 it is `serviceAccountName`.", renamedTo: "serviceAccountName" },
  ],
  [
    /taskRunSpecs\.taskPodTemplate$/,
    { help: "In v1 it is `podTemplate`.", renamedTo: "podTemplate" },
  ],
  [
    /\.stepOverrides$/,
    { help: "In v1 it is `stepSpecs`, and each has `computeResources`.", renamedTo: "stepSpecs" },
  ],
  [
    /\.sidecarOverrides$/,
    {
      help: "In v1 it is `sidecarSpecs`, and each has `computeResources`.",
      renamedTo: "sidecarSpecs",
    },
  ],
];

/**
 * What became of a field that Tekton once knew at this place, beside those that it knows there today; undefined where
 * it never did.
 */
export function formerField(path: NodePath, known: readonly string[]): FormerField | undefined {
  const names = path.filter((part) => typeof part === "string").join(".");
  const found = formerFields.find(([pattern]) => pattern.test(names))?.[1];
  return found?.beside === undefined || known.includes(found.beside) ? found : undefined;
}
