import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as z from "zod";
import { waitFor } from "../../../src/demo/wait-for.ts";
import { createKubectl } from "../../tekton-cluster/kubectl.ts";

/** kubectl of the cluster that KUBECONFIG names; KUBECTL names the program where it is not in PATH. */
export const kubectl = createKubectl(process.env["KUBECTL"] ?? "kubectl", kubeconfigFile());

function kubeconfigFile(): string {
  const file = process.env["KUBECONFIG"];
  if (file === undefined || file === "")
    throw new Error("KUBECONFIG names no cluster; `npm run tekton-cluster` brings one up.");
  return file;
}

/** An object as kubectl reads it, parsed. */
export async function readObject<T>(schema: z.ZodType<T>, ...args: readonly string[]): Promise<T> {
  return schema.parse(JSON.parse(await kubectl(["get", ...args, "-o", "json"])));
}

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
});

export const pipelineRun = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    pipelineRef: z
      .object({
        resolver: z.string().optional(),
        params: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
      })
      .optional(),
    params: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
    timeouts: z.record(z.string(), z.string()).optional(),
    taskRunTemplate: z.object({ serviceAccountName: z.string().optional() }).optional(),
  }),
  status: z
    .object({
      conditions: z.array(condition).default([]),
      provenance: z
        .object({
          refSource: z
            .object({ uri: z.string(), digest: z.record(z.string(), z.string()) })
            .optional(),
        })
        .optional(),
      results: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
    })
    .prefault({}),
});

export type PipelineRun = z.output<typeof pipelineRun>;

/** The PipelineRuns of a namespace, the oldest first. */
export async function listRuns(
  namespace: string,
  ...more: readonly string[]
): Promise<readonly PipelineRun[]> {
  const list = z.object({ items: z.array(pipelineRun) });
  const sorted = ["--sort-by=.metadata.creationTimestamp"];
  return (await readObject(list, "pipelineruns", "-n", namespace, ...sorted, ...more)).items;
}

/** The condition that says how a run is doing. */
export function succeeded(run: PipelineRun): z.output<typeof condition> | undefined {
  return run.status.conditions.find(({ type }) => type === "Succeeded");
}

const eventListener = z.object({
  status: z.object({
    conditions: z.array(condition).default([]),
    configuration: z.object({ generatedName: z.string() }),
  }),
});

/** The URL at which an EventListener takes events, once it is ready to. */
export async function listenerUrl(namespace: string, name: string): Promise<string> {
  const service = await waitFor(
    `EventListener ${name} is ready`,
    async () => {
      const { status } = await readObject(eventListener, "eventlistener", name, "-n", namespace);
      // `Ready` comes before its pod does.
      const ready = ["Ready", "Available"].every((wanted) =>
        status.conditions.some(({ type, status: is }) => type === wanted && is === "True"),
      );
      return ready ? status.configuration.generatedName : undefined;
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
  const { spec } = await readObject(
    z.object({
      spec: z.object({
        clusterIP: z.string(),
        ports: z.array(z.object({ port: z.number() })).min(1),
      }),
    }),
    ...["service", service, "-n", namespace],
  );
  return `http://${spec.clusterIP}:${spec.ports[0]?.port ?? 80}`;
}

/** Makes a namespace new, with nothing of before in it. */
export async function renewNamespace(name: string): Promise<void> {
  await kubectl(["delete", "namespace", name, "--ignore-not-found", "--wait"]);
  await kubectl(["create", "namespace", name]);
}

/** The API server without TLS and tokens, for whoever looks on in a test. */
export async function startProxy(): Promise<{ readonly url: string; close(): void }> {
  const child = spawn(process.env["KUBECTL"] ?? "kubectl", ["proxy", "--port=0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = z.tuple([z.string()]).parse(await once(lines, "line"));
  const address = /127\.0\.0\.1:\d+/.exec(line)?.[0];
  if (address === undefined) throw new Error(`kubectl proxy said: ${line}`);
  return { url: `http://${address}`, close: () => child.kill() };
}
