import { substituteText } from "../../tekton/substitute.ts";
import type { Pipeline, PipelineRun } from "../../tekton/types.ts";
import { variablesIn } from "../../tekton/variables.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { valueAt } from "../json.ts";
import type { Sourced } from "../repository.ts";
import { listenedTriggers } from "./listened.ts";
import type { ListenedTrigger } from "./listened.ts";
import { nearby } from "./nearby.ts";
import { postsOf } from "./posts.ts";
import type { Post } from "./posts.ts";
import type { TektonObjects } from "./tekton-objects.ts";

/** A value that a run gives a param, and where a person wrote it. */
export interface GivenParam {
  readonly value: string;
  readonly at: NodePath;
}

/** A run of a pipeline whose params can be read from the files: a PipelineRun, or what a CronJob asks a listener for. */
export interface KnownRun {
  readonly path: string;
  readonly name: string | undefined;
  readonly source: SourceDocument;
  readonly pipeline: Sourced<Pipeline>;
  /** Those that are strings and hold no more variables. */
  readonly params: ReadonlyMap<string, GivenParam>;
  /** True where further params are given that can't be read here. */
  readonly givesMore: boolean;
}

/** Every run that the files ask for. */
export function knownRuns(objects: TektonObjects): KnownRun[] {
  const pipelineOf = nearby(objects.pipelines);
  const find = (run: PipelineRun, path: string) => {
    const { name, resolver } = run.spec.pipelineRef ?? {};
    return name === undefined || resolver !== undefined ? undefined : pipelineOf(name, path);
  };
  const written = objects.pipelineRuns.flatMap(({ path, source, value }): KnownRun[] => {
    const pipeline = find(value, path);
    if (pipeline === undefined) return [];
    const given = (value.spec.params ?? []).map((param, index) => {
      return { ...param, at: ["spec", "params", index, "value"] };
    });
    const { name, generateName } = value.metadata;
    return [{ path, name: name ?? generateName, source, pipeline, ...paramsOf(given) }];
  });
  const triggers = triggersByListener(objects);
  const posted = objects.documents.flatMap(postsOf).flatMap((post): KnownRun[] => {
    const trigger = triggers.get(post.listener);
    const run = objects.templatePipelineRuns.find(({ template }) => template === trigger?.template);
    const pipeline = run === undefined ? undefined : find(run.value, run.path);
    if (trigger === undefined || run === undefined || pipeline === undefined) return [];
    const values = templateParams(trigger, post);
    const variables = new Map([...values].map(([name, { value }]) => [`tt.params.${name}`, value]));
    const given = (run.value.spec.params ?? []).map(({ name, value }) => {
      if (typeof value !== "string") return { name, value, at: nameOf };
      const from = soleVariable(value, "tt", "params")?.[0] ?? "";
      return { name, value: substituteText(value, variables), at: values.get(from)?.at ?? nameOf };
    });
    const { path, source, value } = post.object;
    const name = valueAt(value, nameOf);
    const told = typeof name === "string" ? name : undefined;
    return [{ path, name: told, source, pipeline, ...paramsOf(given) }];
  });
  return [...written, ...posted];
}

/** Listeners with one trigger: what is posted there is for that one. */
export function triggersByListener(objects: TektonObjects): Map<string, ListenedTrigger> {
  const triggers = new Map<string, ListenedTrigger>();
  const several = new Set<string>();
  for (const trigger of listenedTriggers(objects)) {
    if (trigger.listener === undefined) continue;
    if (triggers.has(trigger.listener)) several.add(trigger.listener);
    triggers.set(trigger.listener, trigger);
  }
  several.forEach((listener) => triggers.delete(listener));
  return triggers;
}

const nameOf = ["metadata", "name"];

function paramsOf(
  given: readonly { readonly name: string; readonly value: unknown; readonly at: NodePath }[],
): Pick<KnownRun, "params" | "givesMore"> {
  const known = given.flatMap(({ name, value, at }) =>
    typeof value === "string" && !value.includes("$(") ? [[name, { value, at }] as const] : [],
  );
  return { params: new Map(known), givesMore: known.length < given.length };
}

function templateParams(trigger: ListenedTrigger, post: Post): Map<string, GivenParam> {
  const values = new Map<string, GivenParam>();
  for (const { name, default: value } of trigger.template?.value.spec.params ?? []) {
    if (value !== undefined) values.set(name, { value, at: nameOf });
  }
  const environment = new Map(
    [...post.environment].map(([name, { value }]) => [`env.${name}`, value]),
  );
  for (const { name, value } of trigger.params) {
    const way = soleVariable(value, "body");
    const leaf = way === undefined ? undefined : valueAt(post.body, way);
    if (typeof leaf !== "string") continue;
    const variable = soleVariable(leaf, "env")?.[0] ?? "";
    const at = post.environment.get(variable)?.at ?? post.bodyAt;
    values.set(name, { value: substituteText(leaf, environment), at });
  }
  return values;
}

/** What follows `prefix` in the variable that is all of a text. */
function soleVariable(text: string, ...prefix: string[]): readonly string[] | undefined {
  const [variable] = variablesIn(text.trim());
  if (variable?.isWholeText !== true || variable.index !== undefined) return undefined;
  const fits = prefix.every((part, index) => variable.parts[index] === part);
  return fits ? variable.parts.slice(prefix.length) : undefined;
}
