import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { packageRoot } from "../../src/package-root.ts";
import { kubectl, listenerUrl, readObject, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespaces = ["okd-streams", "okd-streams-bot", "okd-coreos"];

/** Applies a folder as its first line says; gives what kubectl tells. */
function apply(folder: string): Promise<string> {
  return kubectl(["apply", "-k", join(packageRoot, folder)]);
}

const routeDefinition = join(packageRoot, "test/against-tekton/support/route-definition.yaml");
let isOpenShift = false;

beforeAll(async () => {
  isOpenShift = (await kubectl(["api-versions"])).includes("route.openshift.io/v1\n");
  if (!isOpenShift) {
    await kubectl(["apply", "-f", routeDefinition]);
    await kubectl(["wait", "--for=condition=Established", "-f", routeDefinition]);
  }
  for (const namespace of namespaces) await renewNamespace(namespace);
}, 3 * minute);
afterAll(async () => {
  await kubectl(["delete", "namespace", ...namespaces, "--ignore-not-found", "--wait=false"]);
  if (!isOpenShift) await kubectl(["delete", "-f", routeDefinition, "--wait=false"]);
}, minute);

describe("the committed manifests", () => {
  test.each([
    "tekton/triggers",
    "deploy/tekton/kind",
    "deploy/tekton/moc",
    "deploy/tekton/openshift",
    "deploy",
    "deploy/cluster-access",
  ])(
    "%s applies, and again without a change",
    async (folder) => {
      await apply(folder);
      const again = (await apply(folder)).trim().split("\n");
      // Triggers' webhook fills in what an EventListener leaves out.
      const changed = again.filter(
        (line) => !/ unchanged$|^eventlistener\..* configured$/.test(line),
      );
      expect(changed).toEqual([]);
    },
    minute,
  );

  test.each([
    ["okd-streams", "okd-streams"],
    ["okd-coreos", "okd-streams"],
  ])(
    "the listener of %s becomes ready",
    async (namespace, name) => {
      expect(await listenerUrl(namespace, name)).toMatch(/^http:/);
    },
    2 * minute,
  );
});

describe("the overlay for OpenShift", () => {
  test(
    "routes to the service and the port that Triggers makes for the listener",
    async () => {
      const route = await readObject(routeSchema, "route", "okd-streams-listener", ...inCoreos);
      const service = await readObject(serviceSchema, "service", route.spec.to.name, ...inCoreos);
      const ports = service.spec.ports.map(({ name }) => name);
      expect(ports).toContain(route.spec.port.targetPort);
      expect(service.metadata.labels["eventlistener"]).toBe("okd-streams");
    },
    minute,
  );
});

const inCoreos = ["-n", "okd-coreos"];
const routeSchema = z.object({
  spec: z.object({
    to: z.object({ kind: z.literal("Service"), name: z.string() }),
    port: z.object({ targetPort: z.string() }),
  }),
});
const serviceSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({ ports: z.array(z.object({ name: z.string() })) }),
});

describe("what the service accounts may", () => {
  const ofBot = [
    "get,list,watch tekton.dev/pipelineruns",
    "get,list,watch tekton.dev/taskruns",
    "patch tekton.dev/pipelineruns",
    "get,list,watch /pods",
    "get,list,watch /pods/log",
    "list triggers.tekton.dev/eventlisteners",
    "list triggers.tekton.dev/triggers",
    "list triggers.tekton.dev/triggerbindings",
    "list triggers.tekton.dev/triggertemplates",
  ];
  const ofListener = [
    "get,list,watch triggers.tekton.dev/eventlisteners",
    "get,list,watch triggers.tekton.dev/triggers",
    "get,list,watch triggers.tekton.dev/triggerbindings",
    "get,list,watch triggers.tekton.dev/triggertemplates",
    "get,list,watch triggers.tekton.dev/interceptors",
    "create tekton.dev/pipelineruns",
    "get,list,watch /configmaps",
    "create,patch /events",
  ];
  const everywhere = [
    "get,list,watch triggers.tekton.dev/clusterinterceptors",
    "get,list,watch triggers.tekton.dev/clustertriggerbindings",
  ];

  test.each([
    ["okd-streams:okd-streams-bot", ofBot],
    ["okd-streams-bot:okd-streams-bot", ofBot],
    ["okd-streams:okd-streams-triggers", ofListener, everywhere],
    ["okd-streams:okd-streams-builder", []],
  ])(
    "%s may what it needs, and nothing else",
    async (account, expected, elsewhere: readonly string[] = []) => {
      const all = [...expected, ...elsewhere];
      expect((await rightsOf(account, "okd-streams")).toSorted()).toEqual(all.toSorted());
      expect((await rightsOf(account, "default")).toSorted()).toEqual(elsewhere.toSorted());
    },
    minute,
  );

  test.each([
    ["okd-streams:okd-streams-bot", "patch", "tekton.dev", "pipelineruns", true],
    ["okd-streams:okd-streams-bot", "create", "tekton.dev", "pipelineruns", false],
    ["okd-streams:okd-streams-bot", "delete", "tekton.dev", "pipelineruns", false],
    ["okd-streams:okd-streams-bot", "get", "", "secrets", false],
    ["okd-streams:okd-streams-bot", "create", "", "pods/exec", false],
    ["okd-streams:okd-streams-triggers", "create", "tekton.dev", "pipelineruns", true],
    ["okd-streams:okd-streams-triggers", "get", "", "secrets", false],
    ["okd-streams:okd-streams-triggers", "create", "", "pods/exec", false],
  ])(
    "%s: %s %s/%s: %s",
    async (account, verb, group, name, expected) => {
      const [resource, subresource] = name.split("/");
      const resourceAttributes = { namespace: "okd-streams", verb, group, resource, subresource };
      const { status } = accessSchema.parse(
        await review(account, "SelfSubjectAccessReview", { resourceAttributes }),
      );
      expect(status.allowed).toBe(expected);
    },
    minute,
  );
});

describe("the bot may look at the cluster's nodes", () => {
  const folder = join(packageRoot, "deploy", "node-access");
  afterAll(() => kubectl(["delete", "-k", folder, "--ignore-not-found"]), minute);

  test(
    "once deploy/node-access is applied, and not before",
    async () => {
      const bots = ["okd-streams:okd-streams-bot", "okd-streams-bot:okd-streams-bot"];
      for (const bot of bots) expect(await rightsOf(bot, "default")).toEqual([]);
      await kubectl(["apply", "-k", folder]);
      for (const bot of bots) expect(await rightsOf(bot, "default")).toEqual(["list /nodes"]);
    },
    minute,
  );
});

const accessSchema = z.object({ status: z.object({ allowed: z.boolean() }) });
const rulesSchema = z.object({
  status: z.object({
    resourceRules: z.array(
      z.object({
        apiGroups: z.array(z.string()),
        resources: z.array(z.string()),
        verbs: z.array(z.string()),
      }),
    ),
  }),
});

/** The API server's own list of what an account may there, without what everybody may: to ask who one is. */
async function rightsOf(account: string, namespace: string): Promise<readonly string[]> {
  return rulesSchema
    .parse(await review(account, "SelfSubjectRulesReview", { namespace }))
    .status.resourceRules.filter(({ apiGroups }) => !apiGroups.some((one) => everybodys.has(one)))
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.map((name) => `${verbs.join()} ${group}/${name}`)),
    );
}

const everybodys = new Set(["authorization.k8s.io", "authentication.k8s.io"]);

/** What the API server answers to an account that asks it about itself. */
async function review(account: string, kind: string, spec: object): Promise<unknown> {
  const answer = await kubectl(
    // What checks an object before it is sent needs more rights than the account has.
    [
      "create",
      "-f",
      "-",
      "-o",
      "json",
      "--validate=false",
      `--as=system:serviceaccount:${account}`,
    ],
    JSON.stringify({ apiVersion: "authorization.k8s.io/v1", kind, spec }),
  );
  return JSON.parse(answer);
}
