import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import type { Pipeline } from "../../tekton/types.ts";

/** What of a stream's text is to be other than it stands there. */
export interface BuildChange {
  readonly use: { readonly path: string; readonly pipeline: Pipeline } | undefined;
  readonly params: Readonly<Record<string, string>> | undefined;
  readonly description: string | undefined;
}

const build = ["spec", "build"] as const;

/** The text with another pipeline, which gets only what it declares, with these params, and with this description. */
export function changeBuild(text: string, { use, params = {}, description }: BuildChange): string {
  const given = Object.entries(params);
  if (use === undefined && given.length === 0 && description === undefined) return text;
  const document = parseDocument(text);
  if (use !== undefined) {
    document.setIn([...build, "pipelineRef"], document.createNode({ path: use.path }));
    const { params: declared = [], workspaces = [] } = use.pipeline.spec;
    keepOnly(document.getIn([...build, "params"]), declared);
    keepOnly(document.getIn([...build, "workspaces"]), workspaces);
  }
  for (const [name, value] of given) document.setIn([...build, "params", name], value);
  const spec = document.get("spec");
  if (description !== undefined && isMap(spec)) describe(spec, description, document);
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}

function keepOnly(map: unknown, declared: readonly { readonly name: string }[]): void {
  if (!isMap(map)) return;
  map.items = map.items.filter(({ key }) =>
    declared.some(({ name }) => isScalar(key) && key.value === name),
  );
}

/** Below the title, where people look for it. */
function describe(
  spec: YAMLMap,
  description: string,
  document: { createPair(key: string, value: string): YAMLMap["items"][number] },
): void {
  const pair = document.createPair("description", description);
  const place = (name: string): number =>
    spec.items.findIndex(({ key }) => isScalar(key) && key.value === name);
  const there = place("description");
  if (there >= 0) spec.items.splice(there, 1, pair);
  else spec.items.splice(place("title") + 1, 0, pair);
}
