import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { ok } from "../../src/problem.ts";
import { startTestEngine, type TestEngine } from "./helpers.ts";

const descriptor = z.object({
  digest: z.string(),
  size: z.number(),
  annotations: z.record(z.string(), z.string()).optional(),
  platform: z.object({ architecture: z.string() }).optional(),
});
const indexSchema = z.object({ manifests: z.array(descriptor) });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor) });
const configSchema = z.object({
  rootfs: z.object({ diff_ids: z.array(z.string()) }),
  config: z.object({ Labels: z.record(z.string(), z.string()) }),
});

const commit = "0123456789abcdef0123456789abcdef01234567";

function runYaml(name: string, pipeline: string, params: Record<string, string>): string {
  const all = { "repository-url": "https://git.example/okd/streams", revision: commit, ...params };
  return JSON.stringify({
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { name },
    spec: {
      pipelineRef: {
        resolver: "git",
        params: [
          { name: "url", value: "https://git.example/okd/streams" },
          { name: "revision", value: commit },
          { name: "pathInRepo", value: `tekton/pipelines/${pipeline}.yaml` },
        ],
      },
      params: Object.entries(all).map(([key, value]) => ({ name: key, value })),
      workspaces: [{ name: "registry", persistentVolumeClaim: { claimName: "registry" } }],
    },
  });
}

const inputs = {
  "image-repository": "registry.example/okd/edge",
  version: "4.19",
  variant: "edge",
  packages: "podman cri-o  podman",
};

describe.each(["process", "auto"] as const)(
  "the pipelines of OCI images, isolation %s",
  (isolation) => {
    let engine: TestEngine;
    let layout: string;
    let registry: string;

    beforeEach(async () => {
      engine = await startTestEngine({
        isolation,
        resolveGit: async ({ path }) => ok(await readFile(path, "utf8")),
      });
      registry = join(engine.directory, "volumes", "registry");
      layout = join(registry, "registry.example", "okd", "edge");
    });
    afterEach(() => engine.close());

    const build = async (name: string): Promise<Record<string, unknown>> => {
      const run = await engine.run(runYaml(name, "build-oci-image", inputs));
      expect(run.status?.conditions[0]).toMatchObject({ status: "True", reason: "Succeeded" });
      return Object.fromEntries((run.status?.results ?? []).map((one) => [one.name, one.value]));
    };

    test("a build makes an OCI image layout whose every digest is true, and the same one again", async () => {
      const results = await build("first");
      const digest = String(results["image-digest"]);
      expect(results["pull-spec"]).toBe(`registry.example/okd/edge@${digest}`);
      const blobs = await readdir(join(layout, "blobs", "sha256"));
      for (const blob of blobs) {
        const content = await readFile(join(layout, "blobs", "sha256", blob));
        expect(createHash("sha256").update(content).digest("hex")).toBe(blob);
      }
      const blob = (name: string): Promise<string> =>
        readFile(join(layout, "blobs", "sha256", name.replace("sha256:", "")), "utf8");
      const index = indexSchema.parse(
        JSON.parse(await readFile(join(layout, "index.json"), "utf8")),
      );
      expect(index.manifests).toMatchObject([{ digest, platform: { architecture: "amd64" } }]);
      const manifest = manifestSchema.parse(JSON.parse(await blob(digest)));
      expect(index.manifests[0]!.size).toBe((await blob(digest)).length);
      const config = configSchema.parse(JSON.parse(await blob(manifest.config.digest)));
      expect(config.rootfs.diff_ids).toEqual(manifest.layers.map((one) => one.digest));
      expect(config.config.Labels["org.opencontainers.image.revision"]).toBe(commit);
      expect(await blob(manifest.layers[1]!.digest)).toContain("cri-o podman\n");

      expect(await build("second")).toEqual(results);
    });

    test("a verification finds a blob that was changed, and a publication is idempotent", async () => {
      const results = await build("made");
      const image = {
        "pull-spec": String(results["pull-spec"]),
        digest: String(results["image-digest"]),
      };
      const release = { ...image, "release-name": "4.19.0-okd-scos.1", channel: "4-scos-next" };

      const verified = await engine.run(runYaml("verified", "verify-oci-image", image));
      expect(verified.status?.conditions[0]).toMatchObject({ status: "True" });
      for (const name of ["published", "published-again"]) {
        const published = await engine.run(runYaml(name, "publish-oci-image", release));
        expect(published.status?.results).toEqual([
          { name: "published-pull-spec", value: "registry.example/okd/edge:4.19.0-okd-scos.1" },
        ]);
      }
      const index = indexSchema.parse(
        JSON.parse(await readFile(join(layout, "index.json"), "utf8")),
      );
      expect(index.manifests).toHaveLength(2);
      expect(index.manifests[1]!.annotations).toEqual({
        "org.opencontainers.image.ref.name": "4.19.0-okd-scos.1",
      });
      const current = await readFile(join(registry, "channels", "4-scos-next", "current"), "utf8");
      expect(current).toContain(image.digest);

      const [blob = ""] = await readdir(join(layout, "blobs", "sha256"));
      await writeFile(join(layout, "blobs", "sha256", blob), "not what it was");
      const broken = await engine.run(runYaml("broken", "verify-oci-image", image));
      expect(broken.status?.conditions[0]).toMatchObject({ status: "False", reason: "Failed" });
      expect(await engine.log("broken", "check-image", "step-check")).toContain("has the bytes of");
    });

    test("a registry that is read-only fails the build with the reason in the log", async () => {
      await build("before");
      await writeFile(join(registry, "READ-ONLY"), "moved to another disk");
      const run = await engine.run(runYaml("refused", "build-oci-image", inputs));
      expect(run.status?.conditions[0]).toMatchObject({ status: "False", reason: "Failed" });
      const log = await engine.log("refused", "check-inputs", "step-check");
      expect(log).toContain("error: the registry is read-only: moved to another disk");
    });

    test("a hostile value is refused by the task and never read by a shell", async () => {
      const hostile = { ...inputs, packages: '$(touch "$REGISTRY/owned"); `id`' };
      const run = await engine.run(runYaml("hostile", "build-oci-image", hostile));
      expect(run.status?.conditions[0]).toMatchObject({ status: "False", reason: "Failed" });
      expect(await readdir(registry)).toEqual([]);
    });
  },
);
