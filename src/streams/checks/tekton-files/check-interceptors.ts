import { isRecord, valueAt } from "../../json.ts";
import { stringsIn } from "../../../tekton/references.ts";
import { quoted } from "../../../quoted.ts";
import { nearestName } from "../../../suggest-name.ts";
import { replaceValue } from "../../../yaml/node-fix.ts";
import { listenedTriggers } from "../../tekton-files/listened.ts";
import type { ListenedTrigger } from "../../tekton-files/listened.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

type Interceptor = NonNullable<ListenedTrigger["spec"]["interceptors"]>[number];

/** https://tekton.dev/docs/triggers/interceptors/ */
const known = ["bitbucket", "cel", "github", "gitlab", "slack"] as const;

/** Who may start a run: the interceptors of each trigger. */
export function checkInterceptors(objects: TektonObjects): Mistake[] {
  const own = objects.documents.flatMap(({ value }) => {
    const isInterceptor = value["kind"] === "ClusterInterceptor" || value["kind"] === "Interceptor";
    const name = valueAt(value, ["metadata", "name"]);
    return isInterceptor && typeof name === "string" ? [name] : [];
  });
  const names = new Set([...known, ...own]);
  return listenedTriggers(objects).flatMap((trigger) => {
    const interceptors = trigger.spec.interceptors ?? [];
    const unknown = interceptors.flatMap((one, index) => checkName(trigger, one, index, names));
    return [...unknown, ...checkProof(trigger, interceptors)];
  });
}

/** Others may be on the cluster, so only what looks misspelt is told. */
function checkName(
  { source, at }: ListenedTrigger,
  { ref }: Interceptor,
  index: number,
  names: ReadonlySet<string>,
): Mistake[] {
  if (ref === undefined || names.has(ref.name)) return [];
  const meant = nearestName(ref.name, names);
  if (meant === undefined) return [];
  const path = [...at, "interceptors", index, "ref", "name"];
  return [
    mistakeAt(source, "trigger-reference-missing", path, "value", {
      message: `There is no interceptor ${quoted(ref.name)}.`,
      help: `Did you mean ${quoted(meant)}?`,
      fix: replaceValue(path, meant),
    }),
  ];
}

function checkProof(
  { source, at, spec }: ListenedTrigger,
  interceptors: readonly Interceptor[],
): Mistake[] {
  // What a trigger elsewhere asks for is not known here.
  if (spec.triggerRef !== undefined || interceptors.some(asksForProof)) return [];
  const filters = interceptors.length > 0;
  const name = spec.name === undefined ? [] : ["name"];
  const path = filters ? [...at, "interceptors"] : [...at, ...name];
  const part = !filters && spec.name !== undefined ? "value" : "key";
  return [
    mistakeAt(source, "trigger-unauthenticated", path, part, {
      message: filters
        ? "No interceptor asks for a secret: everyone who reaches the listener can start a run."
        : "There is no interceptor: everyone who reaches the listener can start a run.",
      help: "Add the interceptor github, gitlab, bitbucket or slack with a `secretRef`, or compare a secret in cel.",
    }),
  ];
}

/** Whether an interceptor asks for a secret; only the core ones are known to let a request through unproven. */
export function asksForProof(interceptor: Interceptor): boolean {
  const name = interceptor.ref?.name ?? Object.keys(interceptor).find((key) => isCore(key));
  if (name === undefined || !isCore(name)) return true;
  if (name === "cel") return stringsIn(interceptor).some((text) => text.includes("compareSecret"));
  const former: unknown = interceptor[name];
  const isFormer = isRecord(former) && former["secretRef"] !== undefined;
  return isFormer || (interceptor.params ?? []).some((param) => param.name === "secretRef");
}

function isCore(name: string): boolean {
  return known.some((core) => core === name);
}
