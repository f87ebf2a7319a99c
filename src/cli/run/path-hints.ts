import { stringsIn } from "../../tekton/references.ts";
import type {
  Pipeline,
  PipelineRun,
  PipelineSpec,
  Step,
  StepAction,
  Task,
  TaskRun,
} from "../../tekton/types.ts";

/** Where a cluster mounts what steps share; a variable in front of it leads elsewhere. */
const fixedPath = /(?<![\w.)}/-])\/(?:workspace|tekton)(?:\/[\w./-]*|(?![\w-]))/;

type Part = Pick<Step, "script" | "command" | "args" | "env">;

interface Named {
  readonly at: string;
  readonly spec: { readonly steps: readonly Part[]; readonly sidecars?: readonly Part[] };
}

function inPipeline({ tasks, finally: lastly = [] }: PipelineSpec, at: string): readonly Named[] {
  return [...tasks, ...lastly].flatMap(({ name, taskSpec, pipelineSpec }) => {
    const place = `${at}, task "${name}"`;
    return [
      ...(taskSpec === undefined ? [] : [{ at: place, spec: taskSpec }]),
      ...(pipelineSpec === undefined ? [] : inPipeline(pipelineSpec, place)),
    ];
  });
}

function specsIn(object: Pipeline | Task | StepAction | PipelineRun | TaskRun): readonly Named[] {
  const { name, generateName = "" } = object.metadata;
  const at = `${object.kind} "${name ?? `${generateName}…`}"`;
  switch (object.kind) {
    case "Task":
      return [{ at, spec: object.spec }];
    case "StepAction":
      return [{ at, spec: { steps: [object.spec] } }];
    case "Pipeline":
      return inPipeline(object.spec, at);
    case "TaskRun":
      return object.spec.taskSpec === undefined ? [] : [{ at, spec: object.spec.taskSpec }];
    case "PipelineRun":
      return object.spec.pipelineSpec === undefined ? [] : inPipeline(object.spec.pipelineSpec, at);
  }
}

/** The paths that steps write out in full, which are not there in plain processes, as `Task "build", steps[0]: /workspace/x`. */
export function pathHints(
  objects: readonly (Pipeline | Task | StepAction | PipelineRun | TaskRun)[],
): readonly string[] {
  return objects.flatMap(specsIn).flatMap(({ at, spec }) =>
    (["steps", "sidecars"] as const).flatMap((kind) =>
      (spec[kind] ?? []).flatMap(({ script, command, args, env }, index) => {
        const texts = stringsIn([script, command, args, env]);
        const path = texts
          .map((text) => fixedPath.exec(text)?.[0])
          .find((one) => one !== undefined);
        return path === undefined ? [] : [`${at}, ${kind}[${index}]: ${path}`];
      }),
    ),
  );
}
