import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { mergeWhenPossible } from "../../src/demo/story/build-chapter.ts";
import { checkRun, observe } from "../../src/demo/story/observe.ts";
import { packageRoot } from "../../src/package-root.ts";
import { openStage, type OpenStage } from "../e2e/support/open-stage.ts";
import { hostForPods } from "./support/reach.ts";
import { startRealCluster } from "./support/start-real-cluster.ts";
import { kubectl, listenerUrl, listRuns } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams";
const { owner, name: repo } = demoRepository;
const pipelinePath = "tekton/pipelines/greet.yaml";
const streamPath = "streams/greeting.yaml";

const pipeline = `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: greet
spec:
  params:
    - name: greeting
    - name: loud
      default: "no"
    - name: revision
  results:
    - name: pull-spec
      value: $(tasks.greet.results.said)
    - name: image-digest
      value: $(tasks.greet.results.digest)
  tasks:
    - name: greet
      params:
        - name: greeting
          value: $(params.greeting), loud=$(params.loud)
      taskSpec:
        params:
          - name: greeting
        results:
          - name: said
          - name: digest
        steps:
          - name: say
            image: docker.io/library/busybox:1.37
            env:
              - name: GREETING
                value: $(params.greeting)
            script: |
              #!/bin/sh
              set -eu
              digest=sha256:$(printf %s "$GREETING" | sha256sum | cut -d ' ' -f 1)
              echo "$GREETING"
              printf %s "$digest" > $(results.digest.path)
              printf %s "localhost/greeting@$digest" > $(results.said.path)
`;

const host = await hostForPods();
const suite = host === "" ? describe.skip : describe;

suite("a pipeline that nobody has built with yet", () => {
  const folder = mkdtempSync(join(tmpdir(), "okd-streams-new-pipeline-"));
  let stage: OpenStage;
  beforeAll(async () => {
    stage = await openStage({ host, startCluster: startRealCluster });
  }, 5 * minute);
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }, minute);

  test(
    "gets its stream by `new stream`, its trigger by `tekton manifests`, and its run from the merge",
    async () => {
      for (const [path, text] of Object.entries({
        ...repositoryFiles(),
        [pipelinePath]: pipeline,
      })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      okdStreams(
        ...["new", "stream", "greeting", "--title", "A greeting", "--version", "4.21"],
        ...["--operating-system", "scos", "--maintainer", "maya"],
        ...["--pipeline", pipelinePath, "--param", "greeting=hello"],
      );
      const stream = withoutVerifications(readFileSync(join(folder, streamPath), "utf8"));
      writeFileSync(join(folder, streamPath), stream);
      okdStreams("tekton", "manifests", "--cluster", "laptop");
      await kubectl(["apply", "-k", join(folder, "tekton", "triggers")]);
      await listenerUrl(namespace, "okd-streams");

      const merge = await mergeFiles({ [pipelinePath]: pipeline, [streamPath]: stream });
      const check = await observe(
        "the build's check",
        () => checkRun(stage, merge, "okd-streams / build (greeting)"),
        (run) => run.status === "completed",
      );
      expect(check.conclusion).toBe("success");
      const [run, ...more] = await listRuns(namespace, "-l", "streams.okd.io/stream=greeting");
      expect(more).toEqual([]);
      expect(run?.spec.params).toEqual(
        expect.arrayContaining([
          { name: "greeting", value: "hello" },
          { name: "loud", value: "no" },
          { name: "revision", value: merge },
        ]),
      );
      const resolved = run?.spec.pipelineRef?.params;
      expect(resolved).toContainEqual({ name: "pathInRepo", value: pipelinePath });
      expect(resolved).toContainEqual({ name: "revision", value: merge });
    },
    4 * minute,
  );

  /** The command as people have it, in the folder. */
  function okdStreams(...args: readonly string[]): void {
    const command = join(packageRoot, "lib/cli/main.js");
    execFileSync(process.execPath, [command, ...args], { cwd: folder, stdio: "pipe" });
  }

  async function mergeFiles(files: Readonly<Record<string, string>>): Promise<string> {
    const { omar } = stage.people;
    const title = "Greet";
    await omar.push({ into: `${owner}/${repo}`, branch: "greet", message: title, files });
    const { data } = await omar.octokit.rest.pulls.create({
      ...{ owner, repo, title },
      head: "greet",
      base: "main",
    });
    return mergeWhenPossible(stage, "maya", data.number);
  }
});

/** There is no image to look into. */
function withoutVerifications(stream: string): string {
  const [before, ...after] = stream.split(/^ {2}verify:$/m);
  expect(after).toHaveLength(1);
  return before ?? "";
}
