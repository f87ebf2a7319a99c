/**
 * Tekton's own objects, as far as this software reads them (tekton.dev/v1).
 * https://tekton.dev/docs/pipelines/pipeline-api/
 */
export type * from "./pipeline-types.ts";
export type * from "./pod-types.ts";
export type * from "./task-types.ts";
export type * from "./value-types.ts";
