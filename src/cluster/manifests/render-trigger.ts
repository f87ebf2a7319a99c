import { runIdKey } from "../run-id.ts";
import type { WorkspaceSource } from "../../streams/types.ts";
import type { ListenedPipeline } from "./listened-pipelines.ts";
import type { ManifestOptions } from "./manifest-options.ts";

export const triggersApi = "triggers.tekton.dev/v1beta1";

/** A value on its way from the request through the binding into the template. */
interface Carried {
  readonly name: string;
  /** What the binding reads. */
  readonly value: string;
  readonly default?: string;
}

type RunAccount = Pick<ManifestOptions, "listener" | "serviceAccount" | "trials">;

/** The TriggerBinding and the TriggerTemplate of one trigger. */
export function renderTrigger(listened: ListenedPipeline, options: RunAccount): readonly object[] {
  const carried = carriedValues(listened, options);
  const metadata = { name: listened.trigger };
  return [
    {
      apiVersion: triggersApi,
      kind: "TriggerBinding",
      metadata,
      spec: { params: carried.map(({ name, value }) => ({ name, value })) },
    },
    {
      apiVersion: triggersApi,
      kind: "TriggerTemplate",
      metadata,
      spec: {
        params: carried.map(({ name, default: otherwise }) =>
          otherwise === undefined ? { name } : { name, default: otherwise },
        ),
        resourcetemplates: [pipelineRun(listened, options)],
      },
    },
  ];
}

function carriedValues(
  { from, params, workspaces }: ListenedPipeline,
  options: RunAccount,
): readonly Carried[] {
  const git = ["url", "revision", "path"];
  return [
    { name: "run-label", value: "$(extensions.run_label)" },
    { name: "run-name", value: "$(body.run.name)" },
    { name: "run-id", value: "$(body.run.id)" },
    { name: "run-kind", value: "$(body.run.kind)" },
    { name: "stream", value: "$(body.stream)" },
    ...(options.trials === true
      ? []
      : [
          {
            name: "service-account",
            value: "$(body.run.serviceAccount)",
            default: accountOf(options),
          },
        ]),
    ...(from === "git" ? git : []).map((part) => ({
      name: `pipeline-${part}`,
      value: `$(body.pipeline.${part})`,
    })),
    ...Object.entries(workspaces)
      .filter(([, source]) => !("emptyDir" in source))
      .map(([name]) => ({ name: `workspace-${name}`, value: `$(body.workspaces.${name})` })),
    ...["pipeline", "tasks", "finally"].map((part) => ({
      name: `timeout-${part}`,
      value: `$(body.timeouts.${part})`,
    })),
    ...params.map((param) => ({
      ...param,
      name: `param-${param.name}`,
      value: `$(body.params.${param.name})`,
    })),
  ];
}

/** What tries a pull request can read the listener's secret and forge requests, which must not choose an account. */
function serviceAccountName(options: RunAccount): string {
  return options.trials === true ? accountOf(options) : param("service-account");
}

function accountOf({ listener, serviceAccount }: RunAccount): string {
  return serviceAccount ?? `${listener}-builder`;
}

function pipelineRun(
  { pipeline, from, params, workspaces }: ListenedPipeline,
  options: RunAccount,
): object {
  const bound = Object.entries(workspaces).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: {
      name: param("run-name"),
      labels: {
        [runIdKey]: param("run-label"),
        "streams.okd.io/stream": param("stream"),
        "streams.okd.io/kind": param("run-kind"),
      },
      annotations: { [runIdKey]: param("run-id") },
    },
    spec: {
      pipelineRef: from === "cluster" ? { name: pipeline } : gitReference,
      params: params.map(({ name }) => ({ name, value: param(`param-${name}`) })),
      ...(bound.length === 0
        ? {}
        : { workspaces: bound.map(([name, source]) => bindWorkspace(name, source)) }),
      timeouts: {
        pipeline: param("timeout-pipeline"),
        tasks: param("timeout-tasks"),
        finally: param("timeout-finally"),
      },
      taskRunTemplate: { serviceAccountName: serviceAccountName(options) },
    },
  };
}

const gitReference = {
  resolver: "git",
  params: [
    { name: "url", value: param("pipeline-url") },
    { name: "revision", value: param("pipeline-revision") },
    { name: "pathInRepo", value: param("pipeline-path") },
  ],
};

function bindWorkspace(name: string, source: WorkspaceSource): object {
  const value = param(`workspace-${name}`);
  if ("persistentVolumeClaim" in source)
    return { name, persistentVolumeClaim: { claimName: value } };
  if ("secret" in source) return { name, secret: { secretName: value } };
  if ("configMap" in source) return { name, configMap: { name: value } };
  if ("emptyDir" in source) return { name, emptyDir: {} };
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: value } } };
  return { name, volumeClaimTemplate: { spec } };
}

function param(name: string): string {
  return `$(tt.params.${name})`;
}
