import { describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readWorkingTree } from "../../../src/cli/read-working-tree.ts";
import type { ManifestOptions } from "../../../src/cluster/manifests/manifest-options.ts";
import { madeBy, renderManifests } from "../../../src/cluster/manifests/render-manifests.ts";
import { runPayload } from "../../../src/cluster/run-payload.ts";
import type { RunPayload } from "../../../src/cluster/types.ts";
import { unwrap } from "../../../src/problem.ts";
import { intercept } from "../../../src/runner/intercept.ts";
import { parseManifests, type Manifests } from "../../../src/runner/read-manifests.ts";
import { renderTrigger } from "../../../src/runner/render-trigger.ts";
import { usesOfChannel, usesOfStream } from "../../../src/streams/checks/pipeline-uses.ts";
import type { StreamsRepository } from "../../../src/streams/repository.ts";
import { renderPipelineRun } from "../../../src/streams/runs/render-pipeline-run.ts";
import { resolveRun } from "../../../src/streams/runs/resolve-run.ts";
import type { RunRequest } from "../../../src/streams/runs/run-request.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { goodFiles, pipelinePath, repositoryOf } from "../../streams/repository-of.ts";

const own = validateRepository(readWorkingTree("."), { now: new Date("2026-11-20T12:00:00Z") });
const secret = "a secret of the listener";
const repositoryUrl = "https://github.test/okd/streams.git";
const options: ManifestOptions = { namespace: "okd-streams", listener: "okd-streams" };

const committed: readonly (readonly [string, ManifestOptions])[] = [
  ["tekton/triggers", { ...options, cluster: "laptop" }],
  [
    "deploy/tekton/moc",
    { ...options, cluster: "moc", namespace: "okd-coreos", serviceAccount: "pipeline" },
  ],
];

describe("what is committed", () => {
  test.each(committed)("%s is what the streams give; if not: npm run manifests", (folder, made) => {
    const there = readdirSync(folder).map((name) => ({
      name,
      text: readFileSync(join(folder, name), "utf8"),
    }));
    const kept = there.filter(({ text }) => !text.startsWith(madeBy)).map(({ name }) => name);
    const { files, problems } = renderManifests(own, made, kept);
    expect(problems).toEqual([]);
    expect(there.filter(({ name }) => !kept.includes(name))).toEqual(
      files.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });
});

function requestsOf(repository: StreamsRepository): RunRequest[] {
  const image = { pullSpec: "quay.io/okd/x@sha256:0", digest: "sha256:0" };
  const [anyStream] = repository.streams.values();
  const uses = [
    ...[...repository.streams.values()].flatMap((one) =>
      usesOfStream(one).map((site) => ({ site, stream: one.value })),
    ),
    ...[...repository.channels.values()].flatMap((one) =>
      usesOfChannel(one).map((site) => ({ site, stream: anyStream!.value })),
    ),
  ];
  return uses.map(({ site, stream }) =>
    unwrap(
      resolveRun({
        repositoryId: 1,
        kind: site.kind,
        subject: stream.metadata.name,
        stream,
        use: site.use,
        cluster: "any",
        inputDigest: "d",
        cause: "command:1",
        attempt: 1,
        commit: "a".repeat(40),
        time: new Date("2026-11-20T12:00:00Z"),
        values: {
          release: { name: "4.21.0-x", ...image },
          channel: { name: "next" },
          upstream: Object.fromEntries(
            site.upstream.map((name) => [name, { name: "4.21.0-x", ...image }]),
          ),
        },
      }),
    ),
  );
}

function manifestsOf(repository: StreamsRepository): Manifests {
  const { files, problems } = renderManifests(repository, options, []);
  expect(problems).toEqual([]);
  return parseManifests(files.map(({ name, text }) => ({ file: name, text })));
}

/** The PipelineRuns that the triggers make of a request. */
async function startedBy(
  manifests: Manifests,
  payload: RunPayload,
  key = secret,
): Promise<unknown[]> {
  const body = JSON.stringify(payload);
  const event = {
    body: JSON.parse(body) as unknown,
    rawBody: new TextEncoder().encode(body),
    header: {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}`,
    },
    extensions: {},
  };
  const secrets = { "okd-streams-webhook": { secret } };
  const started = manifests.listeners[0]!.spec.triggers.map(async (trigger) => {
    const seen = await intercept(trigger.interceptors, event, secrets);
    const template = manifests.templates.get(trigger.template.ref)!;
    return seen.ok
      ? [...unwrap(renderTrigger(trigger, manifests.bindings, template, seen.value))]
      : [];
  });
  return (await Promise.all(started)).flat();
}

const payloadOptions = { repositoryFullName: "okd/streams", repositoryUrl };

describe("a request is started as it would be rendered", () => {
  const manifests = manifestsOf(own);
  const requests = requestsOf(own);

  test("there is a request of each kind", () => {
    expect(new Set(requests.map(({ kind }) => kind))).toEqual(
      new Set(["build", "verify", "publish"]),
    );
    expect(requests.length).toBeGreaterThan(12);
  });

  test.each(requests.map((request) => [request.kind, request.subject, request] as const))(
    "%s of %s",
    async (_, __, request) => {
      const [run, ...more] = await startedBy(manifests, runPayload(request, payloadOptions));
      expect(more).toEqual([]);
      const { spec, ...rest } = renderPipelineRun(request, { repositoryUrl });
      const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
        a.name < b.name ? -1 : 1;
      const { params = [], workspaces = [], ...otherSpec } = spec;
      expect(run).toMatchObject({
        ...rest,
        spec: {
          ...otherSpec,
          taskRunTemplate: { serviceAccountName: "okd-streams-builder" },
          params: expect.arrayContaining([...params]),
          ...(workspaces.length === 0 ? {} : { workspaces: workspaces.toSorted(byName) }),
        },
      });
    },
  );

  test("under the service account that the operator named", async () => {
    const payload = runPayload(requests[0]!, { ...payloadOptions, serviceAccount: "narrow" });
    expect(await startedBy(manifests, payload)).toMatchObject([
      { spec: { taskRunTemplate: { serviceAccountName: "narrow" } } },
    ]);
  });

  test("and not at all without the secret", async () => {
    const payload = runPayload(requests[0]!, payloadOptions);
    expect(await startedBy(manifests, payload, "another")).toEqual([]);
  });

  test("nor with a workspace bound otherwise than the streams do", async () => {
    const workspaces = { registry: { secret: { secretName: "okd-streams-registry" } } };
    const request = { ...requests.find(({ subject }) => subject === "edge")!, workspaces };
    expect(await startedBy(manifests, runPayload(request, payloadOptions))).toEqual([]);
  });
});

const edge = "streams/edge.yaml";
const second = (changes: (text: string) => string): Readonly<Record<string, string>> => ({
  ...goodFiles,
  "streams/other.yaml": changes(goodFiles[edge]!.replace("name: edge", "name: other")),
});

describe("one pipeline bound in two ways", () => {
  const repository = repositoryOf(
    second((text) =>
      text.replace(
        "persistentVolumeClaim:\n          claimName: registry",
        "volumeClaimTemplate:\n          storage: 40Gi",
      ),
    ),
  );

  test("has a trigger for each, and a request starts one of them", async () => {
    const manifests = manifestsOf(repository);
    const triggers = manifests.listeners[0]!.spec.triggers.map(({ name }) => name);
    expect(triggers).toEqual(["build", "build-2", "verify"]);
    const builds = requestsOf(repository).filter(({ kind }) => kind === "build");
    const bound = await Promise.all(
      builds.map(async (request) => startedBy(manifests, runPayload(request, payloadOptions))),
    );
    const storage = { resources: { requests: { storage: "40Gi" } } };
    expect(bound).toMatchObject([
      [{ spec: { workspaces: [{ persistentVolumeClaim: { claimName: "registry" } }] } }],
      [{ spec: { workspaces: [{ volumeClaimTemplate: { spec: storage } }] } }],
    ]);
  });
});

describe("names", () => {
  const renamed = (name: string, more: Readonly<Record<string, string>> = {}) =>
    repositoryOf({
      ...goodFiles,
      ...more,
      [`tekton/pipelines/${name}.yaml`]: goodFiles[pipelinePath]!,
      [edge]: goodFiles[edge]!.replace("pipelines/build.yaml", `pipelines/${name}.yaml`),
    });

  test.each(["event-listener", "service-accounts", "kustomization"])(
    "of a pipeline may be that of a file beside it: %s",
    (name) => {
      const { files, problems } = renderManifests(renamed(name), options, []);
      expect(problems).toEqual([]);
      const names = files.map((file) => file.name);
      expect(new Set(names).size).toBe(names.length);
      expect(manifestsOf(renamed(name)).templates.has(name)).toBe(true);
    },
  );

  test("of a second binding is none that a pipeline has", () => {
    const other = goodFiles[edge]!.replace("name: edge", "name: other").replace(
      "persistentVolumeClaim:\n          claimName: registry",
      "emptyDir: {}",
    );
    const repository = renamed("build-2", {
      "streams/other.yaml": other,
      "streams/more.yaml": goodFiles[edge]!.replace("name: edge", "name: more"),
    });
    const { listeners, templates } = manifestsOf(repository);
    const triggers = listeners[0]!.spec.triggers.map(({ name }) => name);
    expect(triggers).toEqual(["build", "build-3", "build-2", "verify"]);
    expect([...templates.keys()].toSorted()).toEqual(triggers.toSorted());
  });
});

describe("for trials of pull requests", () => {
  const bound = {
    ...goodFiles,
    [edge]: goodFiles[edge]!.replace(
      "persistentVolumeClaim:\n          claimName: registry",
      "secret:\n          secretName: quay",
    ),
  };
  const of = (more: Partial<ManifestOptions>) =>
    renderManifests(
      repositoryOf(bound),
      { namespace: "trials", listener: "okd-streams", serviceAccount: "trial", ...more },
      [],
    )
      .files.map(({ text }) => text)
      .join("---\n");

  test("no secret is bound, and no request names the service account", () => {
    const text = of({ trials: true });
    expect(text).toContain("serviceAccountName: trial\n");
    expect(text).toContain("emptyDir: {}");
    expect(text).not.toContain("secretName: $(tt");
    expect(text).not.toContain("body.run.serviceAccount");
    expect(of({})).toContain("body.run.serviceAccount");
    expect(of({})).toContain("secretName: $(tt.params.workspace-registry)");
  });
});

describe("what a listener cannot carry", () => {
  const problemsOf = (files: Readonly<Record<string, string>>) =>
    renderManifests(repositoryOf(files), options, []).problems.map(({ what, where }) => [
      where,
      what,
    ]);
  const pipelineWith = (params: string) => ({
    ...goodFiles,
    [pipelinePath]: goodFiles[pipelinePath]!.replace(
      "    - name: branch\n",
      `${params}    - name: branch\n`,
    ),
  });

  test("an array or object that has no default", () => {
    expect(problemsOf(pipelineWith("    - name: parts\n      type: array\n"))).toEqual([
      [
        'param "parts" of the pipeline "build"',
        "It is of type array, and a listener hands on strings only.",
      ],
    ]);
  });

  test("while one that has a default keeps it", () => {
    const { files } = renderManifests(repositoryOf(goodFiles), options, []);
    const template = files.find(({ name }) => name === "build.trigger.yaml")!.text;
    expect(template).not.toContain("batches");
    expect(template).toContain("param-tag-latest");
  });

  test.each([["$(context.pipelineRun.name)"], ['a "word"'], ["back\\slash"]])(
    "a default that breaks a template: %s",
    (value) => {
      const given = pipelineWith(`    - name: odd\n      default: ${JSON.stringify(value)}\n`);
      expect(problemsOf(given)).toEqual([]);
      const some = {
        ...given,
        "streams/other.yaml": goodFiles[edge]!.replace("name: edge", "name: other").replace(
          "branch: master",
          "branch: master\n      odd: x",
        ),
      };
      expect(problemsOf(some)).toMatchObject([
        [expect.stringContaining('param "odd"'), expect.stringContaining("Its default")],
      ]);
    },
  );

  test("a name with a dot", () => {
    expect(problemsOf(pipelineWith("    - name: a.b\n"))).toMatchObject([
      ['param "a.b" of the pipeline "build"', expect.stringContaining("the dot")],
    ]);
  });

  test("a param of a pipeline elsewhere that only some streams give", () => {
    const elsewhere = (text: string) =>
      text.replace(
        "pipelineRef:\n      path: tekton/pipelines/build.yaml",
        "pipelineRef:\n      name: theirs",
      );
    const files = second((text) =>
      elsewhere(text).replace("branch: master", "branch: b\n      more: x"),
    );
    expect(problemsOf({ ...files, [edge]: elsewhere(files[edge]!) })).toMatchObject([
      ['param "more" of the pipeline "theirs"', expect.stringContaining("Only some")],
    ]);
  });

  test("two pipelines of one name", () => {
    const moved = goodFiles[edge]!.replace("name: edge", "name: other").replace(
      "path: tekton/pipelines/build.yaml",
      "path: tekton/more/build.yaml",
    );
    const both = {
      ...goodFiles,
      "tekton/more/build.yaml": goodFiles[pipelinePath]!,
      "streams/other.yaml": moved,
    };
    expect(problemsOf(both)).toMatchObject([
      ['pipeline "build"', expect.stringContaining("2 pipelines have this name")],
    ]);
  });
});
