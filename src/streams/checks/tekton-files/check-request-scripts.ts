import { variablesIn } from "../../../tekton/variables.ts";
import { placedTasks } from "../../../tekton/faults/placed-task.ts";
import type { Param, TaskSpec } from "../../../tekton/types.ts";
import { stringsIn } from "../../../tekton/references.ts";
import type { NodePath, SourceDocument } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { listenedTriggers } from "../../tekton-files/listened.ts";
import type { ListenedTrigger } from "../../tekton-files/listened.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { asksForProof } from "./check-interceptors.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** A task that gets values of a request: which of its params, and where its steps stand. */
interface Reached {
  readonly source: SourceDocument;
  readonly at: NodePath;
  readonly spec: TaskSpec;
  readonly params: ReadonlySet<string>;
}

/** Scripts that whoever reaches a listener can write a part of, since nothing asks them for a secret. */
export function checkRequestScripts(objects: TektonObjects): Mistake[] {
  return listenedTriggers(objects)
    .filter(
      ({ spec }) => spec.triggerRef === undefined && !(spec.interceptors ?? []).some(asksForProof),
    )
    .flatMap((trigger) =>
      reachedTasks(objects, trigger).flatMap((task) => writtenScripts(trigger, task)),
    );
}

function reachedTasks(objects: TektonObjects, { template, params }: ListenedTrigger): Reached[] {
  const sent = new Set(
    params.filter(({ value }) => value.includes("$(body")).map(({ name }) => name),
  );
  if (template === undefined || sent.size === 0) return [];
  const taskOf = nearby(objects.tasks);
  const pipelineOf = nearby(objects.pipelines);
  const named = (name: string | undefined, path: string, given: ReadonlySet<string>): Reached[] => {
    const task = name === undefined ? undefined : taskOf(name, path);
    if (task === undefined) return [];
    return [{ source: task.source, at: ["spec"], spec: task.value.spec, params: given }];
  };
  const ofTaskRuns = objects.templateTaskRuns
    .filter((run) => run.template === template)
    .flatMap(({ path, source, value: { spec } }) => {
      const given = carrying(spec.params, "tt", sent);
      if (spec.taskSpec === undefined) return named(spec.taskRef?.name, path, given);
      return [{ source, at: ["spec", "taskSpec"], spec: spec.taskSpec, params: given }];
    });
  const ofPipelineRuns = objects.templatePipelineRuns
    .filter((run) => run.template === template)
    .flatMap(({ path, value: { spec } }) => {
      const given = carrying(spec.params, "tt", sent);
      const pipeline =
        spec.pipelineRef?.name === undefined ? undefined : pipelineOf(spec.pipelineRef.name, path);
      return pipeline === undefined
        ? []
        : placedTasks(pipeline.value.spec, ["spec"]).flatMap(({ task, at }) => {
            const params = carrying(task.params, "params", given);
            const { taskSpec: spec } = task;
            if (spec === undefined) return named(task.taskRef?.name, pipeline.path, params);
            return [{ source: pipeline.source, at: [...at, "taskSpec"], spec, params }];
          });
    });
  return [...ofTaskRuns, ...ofPipelineRuns];
}

/** The params whose value holds one of some values: `$(tt.params.NAME)` in a template, `$(params.NAME)` in a pipeline. */
function carrying(
  params: readonly Param[] | undefined,
  room: "tt" | "params",
  values: ReadonlySet<string>,
): ReadonlySet<string> {
  const holds = (text: string) =>
    variablesIn(text).some(({ parts }) => {
      const [first, second, third] = parts;
      const name = room === "tt" ? third : second;
      return first === room && name !== undefined && values.has(name);
    });
  return new Set(
    (params ?? []).filter(({ value }) => stringsIn(value).some(holds)).map(({ name }) => name),
  );
}

function writtenScripts(
  { listener }: ListenedTrigger,
  { source, at, spec, params }: Reached,
): Mistake[] {
  return spec.steps.flatMap(({ script = "" }, index) => {
    const found = variablesIn(script).find(
      ({ parts: [room, name = ""] }) => room === "params" && params.has(name),
    );
    if (found === undefined) return [];
    const who = listener === undefined ? "a trigger" : `the listener ${quoted(listener)}`;
    return [
      mistakeAt(source, "request-in-script", [...at, "steps", index, "script"], "value", {
        piece: found.written,
        message: `${found.written} comes from a request to ${who}, which asks for no secret: whoever sends one writes a part of this script.`,
        help: "Put the value into an `env` variable and use that in quotes, and let the trigger ask for a secret.",
      }),
    ];
  });
}
