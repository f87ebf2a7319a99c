import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import {
  CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Container,
  type V1ContainerState,
  type V1Pod,
} from "@kubernetes/client-node";
import { makeVolumes } from "./pod-volumes.ts";
import { startContainer, type StartedContainer } from "./run-container.ts";
import type { NodeContext } from "./start-node.ts";
import { toleratePassed } from "./tolerate-passed.ts";

export interface RunningPod {
  readonly directory: string;
  /** Kills what runs of it, and removes its directory, which holds a copy of Tekton's entrypoint. */
  remove(): Promise<void>;
}

type Phase = "Pending" | "Running" | "Succeeded" | "Failed";

/** Runs the containers of a pod as a kubelet does: the init containers one by one, then all others side by side. */
export function runPod(context: NodeContext, pod: V1Pod, directory: string): RunningPod {
  const states = new Map<string, V1ContainerState>();
  const started: StartedContainer[] = [];
  let stopped = false;
  let written = Promise.resolve();

  function report(phase: Phase, message?: string): void {
    const status = statusOf(pod, states, phase, message);
    written = written.then(() => writeStatus(context, pod, status));
  }

  async function run(
    container: V1Container,
    volumes: ReadonlyMap<string, string>,
    phase: Phase,
  ): Promise<number> {
    const startedAt = new Date();
    const running = await startContainer(context, pod, container, volumes, directory);
    started.push(running);
    if (stopped) kill(running);
    states.set(container.name, { running: { startedAt } });
    report(phase);
    const { exitCode, message } = await running.ended;
    const reason = exitCode === 0 ? "Completed" : "Error";
    states.set(container.name, {
      terminated: { exitCode, reason, message, startedAt, finishedAt: new Date() },
    });
    return exitCode;
  }

  async function runAll(): Promise<void> {
    mkdirSync(directory, { recursive: true });
    const volumes = await makeVolumes(context, pod, directory);
    for (const container of pod.spec?.initContainers ?? []) {
      if (stopped) return;
      if ((await run(container, volumes, "Pending")) !== 0) {
        report("Failed", `init container ${container.name} failed`);
        return;
      }
      report("Pending");
    }
    const containers = pod.spec?.containers ?? [];
    const codes: number[] = [];
    await Promise.all(
      containers.map(async (container) => {
        codes.push(await run(container, volumes, "Running"));
        // A kubelet tells of the last container and of the whole pod at once.
        const isOver = codes.length === containers.length;
        const isWell = codes.every((code) => code === 0);
        report(!isOver ? "Running" : isWell ? "Succeeded" : "Failed");
      }),
    );
  }

  const over = runAll().catch((error: unknown) => report("Failed", String(error)));
  return {
    directory,
    async remove() {
      stopped = true;
      started.forEach(kill);
      await over;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Its first process is the parent of all others, which the kernel ends with it. */
function kill({ child }: StartedContainer): void {
  child.kill("SIGKILL");
}

function statusOf(
  pod: V1Pod,
  states: ReadonlyMap<string, V1ContainerState>,
  phase: Phase,
  message: string | undefined,
): object {
  const observe = (containers: readonly V1Container[] = []): object[] =>
    containers.map(({ name, image = "" }) => {
      const state = states.get(name) ?? { waiting: { reason: "PodInitializing" } };
      return {
        name,
        image,
        imageID: `this-machine/${image}`,
        containerID: `process://${pod.metadata?.uid ?? ""}/${name}`,
        ready: state.running !== undefined || state.terminated?.exitCode === 0,
        started: state.waiting === undefined,
        restartCount: 0,
        state,
      };
    });
  return {
    phase,
    ...(message === undefined ? {} : { message }),
    startTime: pod.metadata?.creationTimestamp,
    hostIP: "127.0.0.1",
    podIP: "127.0.0.1",
    podIPs: [{ ip: "127.0.0.1" }],
    initContainerStatuses: observe(pod.spec?.initContainers),
    containerStatuses: observe(pod.spec?.containers),
  };
}

async function writeStatus(
  { controlPlane }: NodeContext,
  pod: V1Pod,
  status: object,
): Promise<void> {
  try {
    await controlPlane.kubeConfig.makeApiClient(CoreV1Api).patchNamespacedPodStatus(
      {
        name: pod.metadata?.name ?? "",
        namespace: pod.metadata?.namespace ?? "",
        body: { status },
      },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  } catch (error) {
    toleratePassed(error);
  }
}
