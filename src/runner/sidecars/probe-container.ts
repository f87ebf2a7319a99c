import { spawn } from "node:child_process";
import { connect } from "node:net";
import * as z from "zod";
import type { Probe, Sidecar } from "../../tekton/types.ts";
import type { Launch } from "../isolation/types.ts";
import { killGroup } from "../reaper.ts";

const port = z.union([z.int(), z.string()]);
const http = z.object({
  host: z.string().default("127.0.0.1"),
  path: z.string().default("/"),
  port,
  scheme: z.string().default("HTTP"),
  httpHeaders: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const tcp = z.object({ host: z.string().default("127.0.0.1"), port });
const ports = z.array(z.object({ name: z.string().optional(), containerPort: z.int() }));

function portNumber(wanted: number | string, sidecar: Sidecar): number {
  if (typeof wanted === "number") return wanted;
  const declared = ports.safeParse(sidecar["ports"]).data ?? [];
  return declared.find(({ name }) => name === wanted)?.containerPort ?? Number(wanted);
}

async function tcpAnswers(host: string, number: number, limit: number): Promise<boolean> {
  const socket = connect({ host, port: number, timeout: limit });
  return new Promise((resolve) => {
    const end = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}

async function httpAnswers(
  { host, path, port: wanted, scheme, httpHeaders }: z.infer<typeof http>,
  sidecar: Sidecar,
  limit: number,
): Promise<boolean> {
  const url = new URL(path, `${scheme.toLowerCase()}://${host}:${portNumber(wanted, sidecar)}`);
  const headers = httpHeaders.map(({ name, value }): [string, string] => [name, value]);
  const signal = AbortSignal.timeout(limit);
  const answer = await fetch(url, { headers, signal, redirect: "manual" }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer !== undefined && answer.status >= 200 && answer.status < 400;
}

async function succeeds({ argv, directory, environment }: Launch, limit: number): Promise<boolean> {
  const [file = "", ...args] = argv;
  const child = spawn(file, args, {
    detached: true,
    stdio: "ignore",
    env: environment,
    cwd: directory,
  });
  const timer = setTimeout(() => child.pid !== undefined && killGroup(child.pid), limit);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", resolve);
  });
  clearTimeout(timer);
  return code === 0;
}

/**
 * Whether a probe of a sidecar succeeds now; `enter` gives the process that runs a command inside. Its containers have
 * this machine's network, so that their ports are this machine's.
 */
export async function probeContainer(
  probe: Probe,
  sidecar: Sidecar,
  enter: (command: readonly string[]) => Launch,
): Promise<boolean> {
  const limit = 1000 * (probe.timeoutSeconds ?? 1);
  if (probe.exec !== undefined) return succeeds(enter(probe.exec.command ?? []), limit);
  if (probe.tcpSocket !== undefined) {
    const { success, data } = tcp.safeParse(probe.tcpSocket);
    return success && tcpAnswers(data.host, portNumber(data.port, sidecar), limit);
  }
  const { success, data } = http.safeParse(probe.httpGet);
  return success && httpAnswers(data, sidecar, limit);
}
