import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import * as z from "zod";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { parseServerFile } from "../../src/server/server-file.ts";
import type { RepositoryFile } from "../../src/streams/repository.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { readPage, readPages, root, yamlBlocks } from "./pages.ts";

const objectSchema = z.object({
  kind: z.enum(["Stream", "Channel"]),
  metadata: z.object({ name: z.string() }),
});

const examples = readPages()
  .flatMap(yamlBlocks)
  .flatMap((block) => {
    const object = objectSchema.safeParse(parse(block.text));
    if (!object.success) return [];
    const { kind, metadata } = object.data;
    const path =
      kind === "Stream"
        ? `streams/${metadata.name}.yaml`
        : `streams/channels/${metadata.name}/channel.yaml`;
    return [{ ...block, kind, path }];
  });

function fileOf(path: string, text: string): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}

describe("the examples of the documentation", () => {
  test("there is a stream and a channel", () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(["Stream", "Channel"]));
  });

  test.each(examples)("$kind of $page is valid beside the streams of OKD", (example) => {
    const others = readWorkingTree(root);
    const files = [
      ...others.filter(({ path }) => path !== example.path),
      fileOf(example.path, example.text),
    ];
    const { findings } = validateRepository(files, { now: new Date("2026-06-01T00:00:00Z") });
    expect(findings.filter(({ file }) => file === example.path)).toEqual([]);
  });

  test("the server file has every setting that there is, and the defaults that it calls so", () => {
    const block = yamlBlocks(readPage("docs/operators.md")).find(({ text }) =>
      text.includes("publicUrl:"),
    );
    const example = parseServerFile("/etc/okd-streams.server.yaml", block?.text ?? "");
    const bare = parseServerFile(
      "/etc/okd-streams.server.yaml",
      `publicUrl: https://okd-streams.example.org
pipelineRepositories: [https://github.com/okd-project]
registries: [https://quay.io]
registryCredentials: registries.json
clusters:
  - name: moc
    listener: https://listener.moc.example.org
    secretEnv: MOC_LISTENER_SECRET
    namespace: okd-streams
    kubeconfig: moc.kubeconfig
    repositories: [okd-project/okd-streams]
    maxRuns: 6
    maxRunsPerStream: 2
    trials:
      listener: https://trials.moc.example.org
      secretEnv: MOC_TRIALS_SECRET
      namespace: okd-streams-trials
      kubeconfig: moc-trials.kubeconfig
      serviceAccount: okd-streams-trial
      params: { push: "false" }
    secrets: [okd-quay-pull-secret, okd-s3-config]
    serviceAccount: okd-streams-builder
`,
    );
    expect(bare.ok).toBe(true);
    expect(example).toEqual(bare);
    const written = z.record(z.string(), z.unknown()).parse(parse(block?.text ?? ""));
    const known = bare.ok ? Object.keys(bare.value) : [];
    expect(Object.keys(written).sort()).toEqual(known.sort());
    for (const name of ["poll", "resync", "retry", "throttle", "startDeadline", "runNames"])
      expect(block?.text).toMatch(new RegExp(`^ *${name}: `, "m"));
  });
});
