import type { ListenedPipeline } from "./listened-pipelines.ts";
import { listenerSecret, type ManifestOptions } from "./manifest-options.ts";
import { triggersApi } from "./render-trigger.ts";

/** The EventListener with a trigger for each pipeline: signature first, then the filter. */
export function renderListener(
  pipelines: readonly ListenedPipeline[],
  options: Pick<ManifestOptions, "listener">,
): object {
  return {
    apiVersion: triggersApi,
    kind: "EventListener",
    metadata: { name: options.listener },
    spec: {
      serviceAccountName: `${options.listener}-triggers`,
      triggers: pipelines.map((pipeline) => ({
        name: pipeline.trigger,
        interceptors: [
          interceptor("github", {
            secretRef: { secretName: listenerSecret(options), secretKey: "secret" },
          }),
          interceptor("cel", {
            filter: filterOf(pipeline),
            // A label holds at most 63 characters; the annotation of the same name has all of them.
            overlays: [{ key: "run_label", expression: "body.run.id.truncate(63)" }],
          }),
        ],
        bindings: [{ ref: pipeline.trigger }],
        template: { ref: pipeline.trigger },
      })),
    },
  };
}

function interceptor(name: string, params: Readonly<Record<string, unknown>>): object {
  return {
    ref: { name, kind: "ClusterInterceptor" },
    params: Object.entries(params).map(([param, value]) => ({ name: param, value })),
  };
}

function filterOf({ pipeline, workspaceKinds, from }: ListenedPipeline): string {
  const source = from === "cluster" ? "body.pipeline.url == ''" : "body.pipeline.url != ''";
  return `body.pipeline.name == '${pipeline}' && ${source} && body.workspaceKinds == '${workspaceKinds}'`;
}
