import type { StepStatus, TaskRunObject, TaskRunStatus } from "./types.ts";

/** A Pod as far as readers of logs and states look at it. */
export interface PodObject {
  readonly apiVersion: "v1";
  readonly kind: "Pod";
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly creationTimestamp: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status: {
    readonly phase: "Running" | "Succeeded" | "Failed";
    readonly containerStatuses: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly restartCount: number;
      readonly image: string;
      readonly imageID: string;
      readonly state: Pick<StepStatus, "running" | "waiting" | "terminated">;
    }[];
  };
}

function stateOf({
  running,
  waiting,
  terminated,
}: StepStatus): Pick<StepStatus, "running" | "waiting" | "terminated"> {
  if (terminated !== undefined) return { terminated };
  if (running !== undefined) return { running };
  return waiting === undefined ? {} : { waiting };
}

function podOf(run: TaskRunObject, status: TaskRunStatus): PodObject {
  const condition = status.conditions[0]?.status;
  const ended = condition === "True" ? "Succeeded" : "Failed";
  const { steps = [] } = status;
  const images = status.taskSpec?.steps.map((step) => step.image ?? "") ?? [];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: status.podName,
      namespace: run.metadata.namespace,
      uid: `${run.metadata.uid}-${status.podName}`,
      creationTimestamp: status.startTime,
      labels: { ...run.metadata.labels, "tekton.dev/taskRun": run.metadata.name },
    },
    spec: {
      containers: steps.map(({ container = "" }, index) => ({
        name: container,
        image: images[index] ?? "",
      })),
    },
    status: {
      phase: condition === "Unknown" ? "Running" : ended,
      containerStatuses: steps.map((step, index) => ({
        name: step.container ?? "",
        ready: step.running !== undefined,
        restartCount: 0,
        image: images[index] ?? "",
        imageID: "",
        state: stateOf(step),
      })),
    },
  };
}

/** The pods of a TaskRun, one for each attempt, the newest last. */
export function podObjects(run: TaskRunObject): readonly PodObject[] {
  const attempts = [...(run.status.retriesStatus ?? []), run.status];
  return attempts.filter(({ podName }) => podName !== "").map((status) => podOf(run, status));
}
