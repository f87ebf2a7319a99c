import type {
  EventListener,
  Trigger,
  TriggerBinding,
  TriggerTemplate,
} from "../../tekton/trigger-schemas.ts";
import type { Pipeline, PipelineRun, Task, TaskRun } from "../../tekton/types.ts";
import type { Sourced } from "../repository.ts";
import type {
  Kustomization,
  PersistentVolume,
  PersistentVolumeClaim,
} from "./kubernetes-schemas.ts";

/** A run that a TriggerTemplate makes; its strings may hold `$(tt.params.…)`. */
export interface TemplateRun<T> extends Sourced<T> {
  readonly template: Sourced<TriggerTemplate>;
}

/** Which files there are, whoever reads them. */
export interface FileTree {
  readonly paths: ReadonlySet<string>;
  /** The folders of which every file is in `paths`; "" is the root. */
  readonly folders: readonly string[];
}

/** The valid objects of a set of Tekton files, with those of Kubernetes that the rules across files need. */
export interface TektonObjects {
  readonly pipelines: Sourced<Pipeline>[];
  readonly tasks: Sourced<Task>[];
  readonly pipelineRuns: Sourced<PipelineRun>[];
  readonly taskRuns: Sourced<TaskRun>[];
  readonly templatePipelineRuns: TemplateRun<PipelineRun>[];
  readonly templateTaskRuns: TemplateRun<TaskRun>[];
  readonly triggerTemplates: Sourced<TriggerTemplate>[];
  readonly triggerBindings: Sourced<TriggerBinding>[];
  readonly triggers: Sourced<Trigger>[];
  readonly eventListeners: Sourced<EventListener>[];
  readonly kustomizations: Sourced<Kustomization>[];
  readonly volumes: Sourced<PersistentVolume>[];
  readonly claims: Sourced<PersistentVolumeClaim>[];
  /** Every document that is a mapping, as it is written. */
  readonly documents: Sourced<Readonly<Record<string, unknown>>>[];
  readonly tree: FileTree;
}
