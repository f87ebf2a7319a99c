import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type {
  V1ConfigMapKeySelector,
  V1Container,
  V1Pod,
  V1SecretKeySelector,
} from "@kubernetes/client-node";
import { expandEnvironment } from "../../../src/tekton/substitute.ts";
import { boundToParent } from "../processes.ts";
import { programPath } from "../programs.ts";
import { enterContainer, searchPath, type Mount } from "./enter-container.ts";
import { fieldOfPod, readConfigMap, readSecret } from "./pod-volumes.ts";
import type { NodeContext } from "./start-node.ts";

export interface ContainerEnd {
  readonly exitCode: number;
  /** What it left at its terminationMessagePath: Tekton reads results there. */
  readonly message: string;
}

export interface StartedContainer {
  readonly child: ChildProcess;
  readonly ended: Promise<ContainerEnd>;
}

/** The container has a /tekton of its own, so what it leaves in it has to be carried out. */
const keepMessage =
  'message=$1 directory=$2; shift 2; mkdir -p "$directory" "${message%/*}" && : > "$message" && cd "$directory" || exit 1; ' +
  '"$@"; code=$?; cp "$message" /.container/message; exit $code';

/**
 * Starts a container of a pod in namespaces of its own (user, mount, process), with the pod's volumes where they belong
 * and this machine's programs for its image: there is nowhere to pull one from. Tekton's own images are the programs
 * that were built.
 */
export async function startContainer(
  context: NodeContext,
  pod: V1Pod,
  container: V1Container,
  volumes: ReadonlyMap<string, string>,
  directory: string,
): Promise<StartedContainer> {
  const own = containerDirectory(directory, container.name);
  const scratch = join(own, "root");
  mkdirSync(scratch, { recursive: true });
  const environment = await environmentOf(context, pod, container);
  const expand = (text: string): string => expandEnvironment(text, environment);
  const argv = [...(container.command ?? []), ...(container.args ?? [])].map(expand);
  const mounts: Mount[] = [
    { source: own, target: "/.container", readOnly: false },
    { source: dirname(programPath("pipeline", "entrypoint")), target: "/ko-app", readOnly: true },
    ...(container.volumeMounts ?? []).map(({ name, mountPath, subPath, readOnly = false }) => {
      const source = join(volumes.get(name) ?? "", subPath ?? "");
      mkdirSync(source, { recursive: true });
      return { source, target: mountPath, readOnly };
    }),
  ];
  const [command = "", ...args] = [
    ...boundToParent,
    ...enterContainer(
      [
        ...["/bin/sh", "-c", keepMessage, "sh"],
        container.terminationMessagePath ?? "/dev/termination-log",
        container.workingDir ?? "/",
        ...argv,
      ],
      scratch,
      mounts,
    ),
  ];
  const log = openSync(join(own, "log"), "a");
  const child = spawn(command, args, {
    stdio: ["ignore", log, log],
    env: environment,
    detached: true,
  });
  closeSync(log);
  return { child, ended: untilEnded(child, join(own, "message")) };
}

/** Where a container's log and termination message are kept. */
export function containerDirectory(podDirectory: string, name: string): string {
  return join(podDirectory, "containers", name);
}

async function untilEnded(child: ChildProcess, message: string): Promise<ContainerEnd> {
  await once(child, "close");
  return {
    exitCode: child.exitCode ?? 137,
    message: existsSync(message) ? readFileSync(message, "utf8") : "",
  };
}

async function environmentOf(
  context: NodeContext,
  pod: V1Pod,
  container: V1Container,
): Promise<Record<string, string>> {
  const environment: Record<string, string> = { PATH: searchPath, HOME: "/tmp" };
  const namespace = pod.metadata?.namespace ?? "";
  const keyOf = async (
    variable: string,
    { name = "", key, optional = false }: V1SecretKeySelector | V1ConfigMapKeySelector,
    read: typeof readSecret,
  ): Promise<Record<string, string>> => {
    try {
      return { [variable]: (await read(context, namespace, name))[key] ?? "" };
    } catch (error) {
      if (optional) return {};
      throw error;
    }
  };
  for (const { name, value, valueFrom } of container.env ?? []) {
    const { fieldRef, secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    if (fieldRef !== undefined) environment[name] = fieldOfPod(pod, fieldRef.fieldPath);
    else if (secretKeyRef !== undefined)
      Object.assign(environment, await keyOf(name, secretKeyRef, readSecret));
    else if (configMapKeyRef !== undefined)
      Object.assign(environment, await keyOf(name, configMapKeyRef, readConfigMap));
    else environment[name] = expandEnvironment(value ?? "", environment);
  }
  return environment;
}
