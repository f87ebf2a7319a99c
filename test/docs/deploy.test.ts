import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import * as z from "zod";
import { readEnvironment } from "../../src/server/read-environment.ts";
import { parseServerFile } from "../../src/server/server-file.ts";
import { isThere, readPage, root } from "./pages.ts";

const kustomizationSchema = z.object({
  namespace: z.string(),
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string() })).optional(),
});

function readKustomization(folder: string) {
  return kustomizationSchema.parse(parse(readPage(`${folder}/kustomization.yaml`).text));
}

/** The documents of a manifest, as far as the schema describes them. */
function readManifests<T>(path: string, schema: z.ZodType<T>): T[] {
  const text = readFileSync(join(root, path), "utf8");
  return parseAllDocuments(text).flatMap((document) => {
    const parsed = schema.safeParse(document.toJS());
    return parsed.success ? [parsed.data] : [];
  });
}

const secret = z
  .object({
    metadata: z.object({ name: z.string() }),
    stringData: z.record(z.string(), z.string()),
  })
  .parse(parse(readPage("deploy/secret.example.yaml").text));
const deployment = z
  .object({
    spec: z.object({
      replicas: z.number(),
      template: z.object({
        spec: z.object({
          serviceAccountName: z.string(),
          containers: z.tuple([
            z.object({
              image: z.string(),
              args: z.array(z.string()),
              envFrom: z.tuple([z.object({ secretRef: z.object({ name: z.string() }) })]),
              ports: z.tuple([z.object({ containerPort: z.number() })]),
              volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
            }),
          ]),
        }),
      }),
    }),
  })
  .parse(parse(readPage("deploy/deployment.yaml").text));
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

describe("the bot on Kubernetes", () => {
  test.each(["deploy", "deploy/cluster-access", "deploy/tekton/kind", "deploy/tekton/openshift"])(
    "%s has all of its resources",
    (folder) => {
      const missing = readKustomization(folder).resources.filter(
        (resource) => !isThere(normalize(`${folder}/${resource}`)),
      );
      expect(missing).toEqual([]);
    },
  );

  test("its image is one that the kustomization names", () => {
    expect(readKustomization("deploy").images?.map(({ name }) => name)).toContain(container.image);
  });

  test("its secret and its server file are all that it needs to start", () => {
    expect(container.envFrom[0].secretRef.name).toBe(secret.metadata.name);
    const environment = readEnvironment(secret.stringData);
    expect(environment).toMatchObject({
      ok: true,
      value: { port: container.ports[0].containerPort },
    });
    const file = parseServerFile(
      container.args.at(-1) ?? "",
      readPage("deploy/okd-streams.server.yaml").text,
    );
    expect(file.ok).toBe(true);
    const clusters = file.ok ? file.value.clusters : [];
    expect(clusters.length).toBeGreaterThan(0);
    for (const { secretEnv } of clusters)
      expect(secret.stringData).toHaveProperty(secretEnv ?? "none");
    const mounted = container.volumeMounts.map(({ mountPath }) => mountPath);
    expect(mounted).toContain(file.ok ? file.value.dataDirectory : "");
  });

  test("one process works on the file of the database", () => {
    expect(deployment.spec.replicas).toBe(1);
  });

  test("several have a database that no file is, and folders of their own", () => {
    const { spec } = z
      .object({
        spec: z.object({
          replicas: z.number(),
          template: z.object({
            spec: z.object({
              containers: z.tuple([
                z.object({
                  envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })),
                }),
              ]),
              volumes: z.array(z.object({ name: z.string() }).loose()),
            }),
          }),
        }),
      })
      .parse(parse(readPage("deploy/replicas/deployment.yaml").text));
    expect(spec.replicas).toBeGreaterThan(1);
    const secrets = spec.template.spec.containers[0].envFrom.map(({ secretRef }) => secretRef.name);
    expect(secrets).toContain(secret.metadata.name);
    expect(readPage("docs/operators.md").text).toContain(`secret generic ${secrets[1] ?? "none"}`);
    expect(spec.template.spec.volumes).toEqual([
      { name: "data", persistentVolumeClaim: null, emptyDir: {} },
    ]);
  });

  test("it stands apart from the builds, whose pods could mount its secret", () => {
    expect(readKustomization("deploy").namespace).not.toBe(
      readKustomization("deploy/cluster-access").namespace,
    );
  });

  test("may look at nodes, and do nothing else beyond its namespaces, only where that is applied by itself", () => {
    const path = "deploy/node-access/cluster-role.yaml";
    const roles = readManifests(
      path,
      z.object({ kind: z.literal("ClusterRole"), rules: z.array(z.unknown()) }),
    );
    expect(roles.flatMap(({ rules }) => rules)).toEqual([
      { apiGroups: [""], resources: ["nodes"], verbs: ["list"] },
    ]);
    const bindings = readManifests(
      path,
      z.object({
        kind: z.literal("ClusterRoleBinding"),
        subjects: z.array(z.object({ name: z.string(), namespace: z.string() })),
      }),
    );
    const namespaces = ["tekton/triggers", "deploy"].map(
      (folder) => readKustomization(folder).namespace,
    );
    expect(bindings.flatMap(({ subjects }) => subjects)).toEqual(
      namespaces.map((namespace) =>
        expect.objectContaining({ name: pod.serviceAccountName, namespace }),
      ),
    );
    for (const folder of ["deploy", "deploy/cluster-access", "tekton/triggers"])
      expect(readPage(`${folder}/kustomization.yaml`).text).not.toContain("node-access");
  });

  test("its service account gets the role that looks at runs and cancels them, and no more", () => {
    const binding = z
      .object({
        roleRef: z.object({ kind: z.literal("Role"), name: z.string() }),
        subjects: z.tuple([z.object({ name: z.string(), namespace: z.string() })]),
      })
      .parse(parse(readPage("deploy/cluster-access/role-binding.yaml").text));
    expect(binding.subjects[0]).toEqual({
      name: pod.serviceAccountName,
      namespace: readKustomization("deploy").namespace,
    });
    const roles = readManifests(
      "tekton/triggers/service-accounts.yaml",
      z.object({
        kind: z.literal("Role"),
        metadata: z.object({ name: z.literal(binding.roleRef.name) }),
        rules: z.array(z.object({ resources: z.array(z.string()), verbs: z.array(z.string()) })),
      }),
    );
    expect(roles.flatMap(({ rules }) => rules)).toEqual([
      { resources: ["pipelineruns", "taskruns"], verbs: ["get", "list", "watch"] },
      { resources: ["pipelineruns"], verbs: ["patch"] },
      { resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] },
      { resources: ["eventlisteners", "triggers"], verbs: ["list"] },
      { resources: ["triggerbindings", "triggertemplates"], verbs: ["list"] },
    ]);
  });
});

test.each([
  ["deploy/tekton/kind", "tekton/triggers"],
  ["deploy/tekton/openshift", "deploy/tekton/moc"],
])("%s goes to the namespace that %s was made for", (overlay, base) => {
  const { namespace, resources } = readKustomization(overlay);
  expect(resources.map((resource) => normalize(`${overlay}/${resource}`))).toContain(base);
  expect(namespace).toBe(readKustomization(base).namespace);
});

test("the listener may find Tekton's interceptors from the namespace that everything is applied to", () => {
  const { namespace } = readKustomization("tekton/triggers");
  const bindings = readManifests(
    "tekton/triggers/service-accounts.yaml",
    z.object({
      kind: z.literal("ClusterRoleBinding"),
      roleRef: z.object({ name: z.string() }),
      subjects: z.array(z.object({ name: z.string(), namespace: z.string() })),
    }),
  );
  const { spec } = z
    .object({ spec: z.object({ serviceAccountName: z.string() }) })
    .parse(parse(readPage("tekton/triggers/event-listener.yaml").text));
  expect(bindings).toMatchObject([
    {
      roleRef: { name: "okd-streams-okd-streams-interceptors" },
      subjects: [{ name: spec.serviceAccountName, namespace }],
    },
  ]);
  expect(readPage("docs/operators.md").text).toContain(`kubectl create namespace ${namespace}\n`);
});

test("the ruleset requires the checks that every head gets, of the App alone", () => {
  const requiredSchema = z.object({
    type: z.literal("required_status_checks"),
    parameters: z.object({
      required_status_checks: z.array(
        z.object({ context: z.string(), integration_id: z.int().positive() }),
      ),
    }),
  });
  const ruleset = z
    .object({ rules: z.array(z.unknown()) })
    .parse(JSON.parse(readPage("docs/ruleset.json").text));
  const required = ruleset.rules.flatMap((rule) => requiredSchema.safeParse(rule).data ?? []);
  const contexts = required.flatMap(({ parameters }) =>
    parameters.required_status_checks.map(({ context }) => context),
  );
  const reported = [
    "src/bot/reviews/review-checks.ts",
    "src/bot/reviews/promotion-check.ts",
  ].flatMap((path) =>
    [...readPage(path).text.matchAll(/name: "(okd-streams \/ [a-z]+)"/g)].map(
      ([, name = ""]) => name,
    ),
  );
  expect(contexts.toSorted()).toEqual(reported.toSorted());
});
