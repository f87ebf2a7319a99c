import { ProblemError } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";
import type { WorkspaceBinding } from "../../tekton/types.ts";
import type { Run, SpecOfRun } from "./spec-of-run.ts";

const forms =
  "Write -w name=NAME,emptyDir= or claimName=CLAIM or secret=SECRET or config=CONFIGMAP, with subPath=PATH where it is wanted.";

function invalid(what: string, next = forms): ProblemError {
  return new ProblemError({ kind: "invalid", what, where: "--workspace", next });
}

function sourceOf(fields: ReadonlyMap<string, string>): Partial<WorkspaceBinding> | undefined {
  const claimName = fields.get("claimName");
  const secretName = fields.get("secret");
  const config = fields.get("config");
  const sources = [
    ...(fields.has("emptyDir") ? [{ emptyDir: {} }] : []),
    ...(claimName === undefined ? [] : [{ persistentVolumeClaim: { claimName } }]),
    ...(secretName === undefined ? [] : [{ secret: { secretName } }]),
    ...(config === undefined ? [] : [{ configMap: { name: config } }]),
  ];
  return sources.length === 1 ? sources[0] : undefined;
}

/** Collects one `--workspace`, in the words of `tkn`; throws a ProblemError where it names no workspace or not one volume. */
export function collectWorkspace(
  written: string,
  before: readonly WorkspaceBinding[],
): readonly WorkspaceBinding[] {
  const fields = new Map<string, string>();
  for (const part of written.split(",")) {
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    if (!["name", "emptyDir", "claimName", "secret", "config", "subPath"].includes(key)) {
      throw invalid(`${quoted(key)} is no field of a workspace.`);
    }
    fields.set(key, equals < 0 ? "" : part.slice(equals + 1));
  }
  const name = fields.get("name") ?? "";
  const source = sourceOf(fields);
  const subPath = fields.get("subPath");
  if (name === "") throw invalid(`${quoted(written)} names no workspace.`);
  if (source === undefined) throw invalid(`Workspace ${quoted(name)} needs exactly one volume.`);
  return [...before, { name, ...source, ...(subPath !== undefined && { subPath }) }];
}

/**
 * The run with workspaces of the command line in the place of its own. Throws a ProblemError for a name that the run's
 * pipeline does not declare and that nothing else in it could use.
 */
export function withGivenWorkspaces<T extends Run>(
  run: T,
  given: readonly WorkspaceBinding[],
  target: SpecOfRun | undefined,
): T {
  if (given.length === 0) return run;
  const names = (target?.spec.workspaces ?? []).map(({ name }) => name);
  const known = new Set([...names, ...(run.spec.workspaces ?? []).map(({ name }) => name)]);
  const unknown = given.find(({ name }) => !known.has(name));
  if (unknown !== undefined && target?.embedded === false) {
    const what = `The ${run.kind === "PipelineRun" ? "pipeline" : "task"} declares no workspace ${quoted(unknown.name)}.`;
    throw invalid(what, suggestName(unknown.name, names, "workspace"));
  }
  const replaced = new Set(given.map(({ name }) => name));
  const kept = (run.spec.workspaces ?? []).filter(({ name }) => !replaced.has(name));
  return { ...run, spec: { ...run.spec, workspaces: [...kept, ...given] } };
}
