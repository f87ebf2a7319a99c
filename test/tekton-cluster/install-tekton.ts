import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import { parseAllDocuments, stringify } from "yaml";
import * as z from "zod";
import { waitFor } from "../../src/demo/wait-for.ts";
import type { Kubectl } from "./kubectl.ts";
import { moduleFolder, moduleVersion, programPath, type Component } from "./programs.ts";
import { runDeployment, writeHosts, type DeploymentPlace } from "./run-deployment.ts";

interface Part {
  readonly component: Component;
  readonly module: string;
  readonly deployments: readonly {
    readonly name: string;
    readonly namespace?: string;
    readonly program: string;
    /** Port of its webhook, where it has one; two programs cannot share Kubernetes' 443 here. */
    readonly webhookPort?: number;
    readonly args?: readonly string[];
  }[];
}

const parts: readonly Part[] = [
  {
    component: "pipeline",
    module: "github.com/tektoncd/pipeline",
    deployments: [
      { name: "tekton-pipelines-webhook", program: "webhook", webhookPort: 9443 },
      { name: "tekton-pipelines-controller", program: "controller" },
      { name: "tekton-events-controller", program: "events" },
      {
        name: "tekton-pipelines-remote-resolvers",
        namespace: "tekton-pipelines-resolvers",
        program: "resolvers",
      },
    ],
  },
  {
    component: "triggers",
    module: "github.com/tektoncd/triggers",
    deployments: [
      { name: "tekton-triggers-webhook", program: "webhook", webhookPort: 9444 },
      // A webhook's probes take 8080 of every address, which listeners use otherwise.
      { name: "tekton-triggers-controller", program: "controller", args: ["-el-port=8081"] },
      // Its port, 8443, is written into the program.
      { name: "tekton-triggers-core-interceptors", program: "interceptors" },
    ],
  },
];

const webhookPorts = new Map(
  parts
    .flatMap(({ deployments }) => deployments)
    .flatMap(({ name, webhookPort }) =>
      webhookPort === undefined ? [] : [[name, webhookPort] as const],
    ),
);

/** Applies the manifests of the modules as they are but for the ports of webhooks, and runs their programs. */
export async function installTekton(place: DeploymentPlace, kubectl: Kubectl): Promise<void> {
  for (const part of parts) await installPart(place, kubectl, part);
}

async function installPart(place: DeploymentPlace, kubectl: Kubectl, part: Part): Promise<void> {
  const version = moduleVersion(part.component, part.module);
  const folder = join(moduleFolder(part.component, part.module), "config");
  const documents = manifestsBelow(folder).flatMap((file) =>
    parseAllDocuments(readFileSync(file, "utf8").replaceAll(`"devel"`, `"${version}"`)).map(
      (document) => withPorts(document.toJS()),
    ),
  );
  await apply(
    kubectl,
    documents.filter((document) => !needsDefinitions(document)),
  );
  await kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"]);
  await apply(kubectl, documents.filter(needsDefinitions));
  await refreshHosts(place);
  const apps = place.controlPlane.kubeConfig.makeApiClient(AppsV1Api);
  for (const {
    name,
    namespace = "tekton-pipelines",
    program,
    webhookPort,
    args,
  } of part.deployments) {
    const deployment = await apps.readNamespacedDeployment({ name, namespace });
    await runDeployment(place, deployment, programPath(part.component, program), {
      env: webhookPort === undefined ? {} : { WEBHOOK_PORT: String(webhookPort) },
      ...(args === undefined ? {} : { args }),
    });
  }
}

async function apply(kubectl: Kubectl, documents: readonly unknown[]): Promise<void> {
  if (documents.length === 0) return;
  const text = documents.map((document) => stringify(document)).join("---\n");
  await kubectl(["apply", "--server-side", "-f", "-"], text);
}

/** Triggers brings objects of kinds that it defines itself. */
function needsDefinitions(document: unknown): boolean {
  return z.object({ kind: z.literal("ClusterInterceptor") }).safeParse(document).success;
}

/** Namespaces, accounts and definitions first: the files are named so. Autoscalers need metrics that nobody serves. */
function manifestsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && !entry.name.includes("hpa"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}

function rank(file: string): number {
  return file.includes("namespace") ? 0 : 1;
}

const serviceReference = z.looseObject({ name: z.string(), namespace: z.string() });

/** The document with the port of each webhook's Service as it is here, wherever the Service is named. */
function withPorts(document: unknown): unknown {
  const kind = z
    .looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) })
    .safeParse(document);
  if (kind.success && kind.data.kind === "Service") {
    const port = webhookPorts.get(kind.data.metadata.name);
    if (port !== undefined)
      return { ...kind.data, spec: { ports: [{ name: "https-webhook", port, targetPort: port }] } };
  }
  return withReferencedPorts(document);
}

function withReferencedPorts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferencedPorts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const service = key === "service" ? serviceReference.safeParse(inner) : undefined;
      const port = service?.success === true ? webhookPorts.get(service.data.name) : undefined;
      return [key, port === undefined ? withReferencedPorts(inner) : { ...service?.data, port }];
    }),
  );
}

/** Tells the programs the addresses of all Services that there are now. */
export async function refreshHosts({ controlPlane, hostsFile }: DeploymentPlace): Promise<void> {
  const { items } = await controlPlane.kubeConfig
    .makeApiClient(CoreV1Api)
    .listServiceForAllNamespaces();
  writeHosts(
    hostsFile,
    items.map(({ metadata, spec }) => ({
      namespace: metadata?.namespace ?? "",
      name: metadata?.name ?? "",
      ip: spec?.clusterIP ?? "",
    })),
  );
}

/** Waits until admission works: the webhooks' certificates are made and written into their configurations. */
export async function untilAdmitting(kubectl: Kubectl): Promise<void> {
  for (const document of probes)
    await waitFor(
      `${document.kind} is admitted`,
      async () => {
        await kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(document));
        return true;
      },
      { timeoutMs: 120_000, everyMs: 500 },
    );
}

const metadata = { name: "probe", namespace: "default" };
const probes = [
  {
    apiVersion: "tekton.dev/v1",
    kind: "Task",
    metadata,
    spec: { steps: [{ name: "nothing", image: "nothing", script: "true" }] },
  },
  {
    apiVersion: "triggers.tekton.dev/v1beta1",
    kind: "TriggerBinding",
    metadata,
    spec: { params: [{ name: "id", value: "$(body.id)" }] },
  },
];
