import { failed, ok, type Result } from "../../problem.ts";
import { expandEnvironment, substituteText, type Variables } from "../../tekton/substitute.ts";
import type { EnvFromSource, EnvVar } from "../../tekton/types.ts";
import { keyTexts } from "../key-text.ts";
import { envValueFrom, type EnvSources } from "../env-value-from.ts";

type Environment = Readonly<Record<string, string>>;

function allKeys(
  { prefix = "", secretRef, configMapRef }: EnvFromSource,
  variables: Variables,
  { secrets, configMaps }: EnvSources,
): Result<Environment> {
  const [kind, objects, reference] =
    secretRef === undefined
      ? (["config map", configMaps, configMapRef] as const)
      : (["secret", secrets, secretRef] as const);
  const name = substituteText(reference?.name ?? "", variables);
  const keys = Object.hasOwn(objects, name) ? objects[name] : undefined;
  if (keys === undefined) {
    if (reference?.optional === true) return ok({});
    return failed({ kind: "not-found", what: `there is no ${kind} "${name}"`, where: "envFrom" });
  }
  const start = substituteText(prefix, variables);
  const entries = Object.entries(keyTexts(keys)).map(
    ([key, value]) => [`${start}${key}`, value] as const,
  );
  return ok(Object.fromEntries(entries));
}

/** References in valueFrom may have variables in their names and keys. */
function substituted(value: unknown, variables: Variables): unknown {
  if (typeof value === "string") return substituteText(value, variables);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, substituted(part, variables)]),
  );
}

/**
 * The variables that a container declares: the keys of envFrom, then env, whose values may name earlier ones. A problem
 * names the entry whose source is missing.
 */
export function containerEnvironment(
  envFrom: readonly EnvFromSource[],
  env: readonly EnvVar[],
  variables: Variables,
  sources: EnvSources,
): Result<Environment> {
  const environment: Record<string, string> = {};
  for (const source of envFrom) {
    const keys = allKeys(source, variables, sources);
    if (!keys.ok) return keys;
    Object.assign(environment, keys.value);
  }
  for (const { name, value, valueFrom } of env) {
    if (valueFrom === undefined) {
      environment[name] = expandEnvironment(substituteText(value ?? "", variables), environment);
      continue;
    }
    const found = envValueFrom(substituted(valueFrom, variables), sources);
    if (!found.ok) return failed({ ...found.problem, where: `env "${name}"` });
    if (found.value !== undefined) environment[name] = found.value;
  }
  return ok(environment);
}
