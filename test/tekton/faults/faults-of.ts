import type { TektonFault } from "../../../src/tekton/faults/tekton-fault.ts";
import { fieldPath } from "../../../src/tekton/field-path.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";

/** What a spec is an example of, its YAML, and each fault as `rule line:column key|value of path`. */
export type Case = readonly [string, string, ...string[]];

/**
 * The faults of a spec as a Case writes them; the lines count from the beginning of a document whose `spec:` is the
 * fifth.
 */
export function faultsOf(
  kind: string,
  spec: string,
  find: (spec: unknown) => readonly TektonFault[],
): readonly string[] {
  const head = `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata:\n  name: example\nspec:\n`;
  const { documents, problems } = parseYaml("x.yaml", head + spec.trim().replace(/^/gm, "  "));
  const [document] = documents;
  if (document === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return find(valueOf(document.value)).map((fault) => {
    const { line, column } = document.rangeOf(fault.path, fault.part);
    return `${fault.rule} ${line}:${column} ${fault.part} of ${fieldPath(fault.path)}`;
  });
}

function valueOf(document: unknown): unknown {
  if (typeof document !== "object" || document === null || !("spec" in document)) return undefined;
  return document.spec;
}
