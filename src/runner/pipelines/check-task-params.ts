import { declaredType, valueType, type ValueType } from "../../tekton/declared-type.ts";
import type { ParamSpec, ParamValue, PipelineTask } from "../../tekton/types.ts";
import { variablesIn } from "../../tekton/variables.ts";

/** A text that names a variable may become a list or an object. */
function fits(value: ParamValue, type: ValueType): boolean {
  if (typeof value === "string" && type !== "string") return variablesIn(value).length > 0;
  return valueType(value) === type;
}

function missingKeys(spec: ParamSpec, value: ParamValue | undefined): readonly string[] {
  const given = [value, spec.default].filter(
    (one) => one !== undefined && valueType(one) === "object",
  );
  if (given.length === 0) return [];
  const keys = given.flatMap((one) => Object.keys(one ?? {}));
  return Object.keys(spec.properties ?? {}).filter((key) => !keys.includes(key));
}

/** Why a task of a pipeline does not give its Task the params that it declares; Tekton's words. */
export function paramsFault(
  { params = [], matrix }: PipelineTask,
  specs: readonly ParamSpec[],
): string | undefined {
  const fanned = [matrix, ...(matrix?.include ?? [])].flatMap((one) => one?.params ?? []);
  const names = new Set([...params, ...fanned].map(({ name }) => name));
  const missing = specs.filter((spec) => spec.default === undefined && !names.has(spec.name));
  if (missing.length > 0) {
    return `missing values for these params which have no default values: [${missing.map(({ name }) => name).join(" ")}]`;
  }
  const wrong = specs.filter((spec) => {
    const type = declaredType(spec);
    const given = params.find(({ name }) => name === spec.name);
    if (given !== undefined && !fits(given.value, type)) return true;
    return type !== "string" && fanned.some(({ name }) => name === spec.name);
  });
  if (wrong.length > 0) {
    return `param types don't match the user-specified type: [${wrong.map(({ name }) => name).join(" ")}]`;
  }
  const lacking = specs
    .map((spec) => ({
      name: spec.name,
      keys: missingKeys(spec, params.find(({ name }) => name === spec.name)?.value),
    }))
    .filter(({ keys }) => keys.length > 0);
  if (lacking.length === 0) return undefined;
  const texts = lacking.map(({ name, keys }) => `${name}:[${keys.join(" ")}]`);
  return `missing keys for these params which are required in ParamSpec's properties map[${texts.join(" ")}]`;
}
