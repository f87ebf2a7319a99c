import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, type Result } from "../problem.ts";
import {
  expandEnvironment,
  substituteList,
  substituteText,
  type Variables,
} from "../tekton/substitute.ts";
import type { EnvVar, Step } from "../tekton/types.ts";
import { searchPath, type Isolation } from "./isolation.ts";
import { envValueFrom } from "./env-value-from.ts";
import type { KeyedData } from "./types.ts";

/** The directories of one attempt of one TaskRun, on this machine. */
export interface TaskDirectories {
  readonly tekton: string;
  readonly workspace: string;
  /** An empty directory that isolation may mount a root on. */
  readonly scratch: string;
}

export interface PreparedStep {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Fields of a step over those of the template; env is merged by name. */
export function applyTemplate(step: Step, template: Partial<Step> = {}): Step {
  const env = new Map(
    [...(template.env ?? []), ...(step.env ?? [])].map((entry) => [entry.name, entry]),
  );
  return { ...template, ...step, ...(env.size > 0 && { env: [...env.values()] }) };
}

function environmentOf(
  entries: readonly EnvVar[],
  home: string,
  variables: Variables,
  secrets: KeyedData,
  configMaps: KeyedData,
): Result<Readonly<Record<string, string>>> {
  const environment: Record<string, string> = { PATH: searchPath, HOME: home };
  for (const { name, value, valueFrom } of entries) {
    if (valueFrom === undefined) {
      environment[name] = expandEnvironment(substituteText(value ?? "", variables), environment);
      continue;
    }
    const found = envValueFrom(valueFrom, secrets, configMaps);
    if (!found.ok) return failed({ ...found.problem, where: `env "${name}"` });
    if (found.value !== undefined) environment[name] = found.value;
  }
  return ok(environment);
}

async function writeScript(script: string, path: string): Promise<void> {
  const text = script.startsWith("#!") ? script : `#!/bin/sh\nset -e\n${script}`;
  await writeFile(path, text.endsWith("\n") ? text : `${text}\n`);
  await chmod(path, 0o755);
}

function workingDirectory(step: Step, variables: Variables, workspace: string): string {
  const wanted = substituteText(step.workingDir ?? "/workspace", variables);
  if (wanted === "/workspace" || wanted === "") return workspace;
  if (wanted.startsWith("/workspace/")) return join(workspace, wanted.slice("/workspace/".length));
  return wanted.startsWith("/") ? wanted : join(workspace, wanted);
}

/**
 * What one step executes, every variable replaced: its script, written as a file, or its command; the arguments;
 * the environment, which holds nothing of the runner's own. A problem names an env entry whose source is missing.
 */
export async function prepareStep(
  step: Step,
  index: number,
  variables: Variables,
  directories: TaskDirectories,
  isolation: Isolation,
  data: { readonly secrets: KeyedData; readonly configMaps: KeyedData },
): Promise<Result<PreparedStep>> {
  const tekton = isolation.locate(directories.tekton, "/tekton");
  const environment = environmentOf(
    step.env ?? [],
    join(tekton, "home"),
    variables,
    data.secrets,
    data.configMaps,
  );
  if (!environment.ok) return environment;
  const expand = (list: readonly string[]): readonly string[] =>
    substituteList(list, variables).map((text) => expandEnvironment(text, environment.value));
  const script = `script-${index}`;
  if (step.script !== undefined) {
    await writeScript(
      substituteText(step.script, variables),
      join(directories.tekton, "scripts", script),
    );
  }
  const command =
    step.script === undefined ? expand(step.command ?? []) : [join(tekton, "scripts", script)];
  const workspace = isolation.locate(directories.workspace, "/workspace");
  return ok({
    argv: [...command, ...expand(step.args ?? [])],
    directory: workingDirectory(step, variables, workspace),
    environment: environment.value,
  });
}
