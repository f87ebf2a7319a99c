import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { renderManifests } from "../../src/cluster/manifests/render-manifests.ts";
import type { BuildCluster, BuildClusterOptions } from "../../src/demo/build-cluster.ts";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { packageRoot } from "../../src/package-root.ts";
import { trialsPlace } from "../../src/demo/start-world.ts";
import { botComment, checkRun, observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { startRunner, type Runner } from "../../src/runner/start-runner.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const settings = ".github/okd-streams.yml";
const streamPath = "streams/edge.yaml";
const own = (path: string) => readFileSync(join(packageRoot, path), "utf8");

let trials: Runner;

/** A runner of its own behind the manifests that `okd-streams tekton manifests --trials` makes. */
async function startTrials(options: BuildClusterOptions): Promise<BuildCluster> {
  const folder = join(options.directory, "manifests");
  mkdirSync(folder, { recursive: true });
  const repository = validateRepository(readWorkingTree(packageRoot), { now: new Date() });
  const made = renderManifests(
    repository,
    { ...trialsPlace, listener: "okd-streams", cluster: "laptop", trials: true },
    [],
  );
  expect(made.problems).toEqual([]);
  const files = made.files.filter(({ name }) => name !== "kustomization.yaml");
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const token = "of-the-trials-alone-0123456789abcdef";
  trials = await startRunner({
    stateDirectory: join(options.directory, "tekton"),
    manifests: [
      ...files.map(({ name }) => join(folder, name)),
      join(packageRoot, "tekton/triggers/registry-volume.yaml"),
    ],
    secrets: { "okd-streams-webhook": { secret: options.listenerSecret } },
    namespace: options.namespace,
    gitAllowlist: [options.gitUrl],
    cloudEventsSink: options.cloudEventsSink,
    isolation: "auto",
    token,
  });
  return { ...trials, token, registry: "" };
}

describe("a pull request is tried before its merge", () => {
  let stage: OpenStage;
  let pull: number;
  let head: string;
  beforeAll(async () => {
    stage = await openStage({
      startTrials,
      files: { [settings]: `${own(settings)}trials: true\n` },
    });
  }, minute);
  afterAll(() => stage.close(), minute);

  const runs = async () => {
    const url = `${trials.kubernetesUrl}/apis/tekton.dev/v1/namespaces/${trialsPlace.namespace}/pipelineruns`;
    const answer = await fetch(url, {
      headers: { authorization: "Bearer of-the-trials-alone-0123456789abcdef" },
    });
    return JSON.stringify(await answer.json());
  };
  const propose = async (packages: string) =>
    stage.people.casey.push({
      into: `casey/${repo}`,
      branch: "more-packages",
      message: `Add ${packages}`,
      files: { [streamPath]: own(streamPath).replace(/^(\s+packages: .*)$/m, `$1 ${packages}`) },
    });

  test(
    "a fork's commit does not run, and the answer is the line that lets it",
    async () => {
      const { casey, maya } = stage.people;
      await stage.world.sandbox.fork(owner, repo, "casey");
      head = await propose("htop");
      const { data } = await casey.octokit.rest.pulls.create({
        owner,
        repo,
        head: "casey:more-packages",
        base: "main",
        title: "Add packages to the edge stream",
      });
      pull = data.number;
      await maya.comment(pull, "/test");
      const answer = await observe("the refusal", () =>
        botComment(stage, pull, `/ok-to-test ${head}`),
      );
      expect(answer.body).toContain("This commit comes from another repository");
      await casey.comment(pull, `/ok-to-test ${head}`);
      await observe("Casey is refused", () =>
        botComment(stage, pull, "is for maintainers of this"),
      );
      expect(await runs()).not.toContain(head);
    },
    2 * minute,
  );

  test(
    "a maintainer's word lets it, in the trials' namespace and under their account",
    async () => {
      await stage.people.maya.comment(pull, `/ok-to-test ${head}`);
      const done = await observe(
        "the trial ends",
        () => checkRun(stage, head, "okd-streams / trial (edge)"),
        ({ status }) => status === "completed",
      );
      expect(done.conclusion).toBe("success");
      const seen = await runs();
      expect(seen).toContain(head);
      expect(seen).toContain(`"serviceAccountName":"${trialsPlace.serviceAccount}"`);
      expect(await pipelineRuns(stage, "edge")).toEqual([]);
      await observe("the comment", () =>
        botComment(stage, pull, "The trial build of this pull request succeeded"),
      );
    },
    2 * minute,
  );

  test(
    "the next commit needs a word of its own",
    async () => {
      const next = await propose("htop strace");
      await observe("the new head is reviewed", () =>
        checkRun(stage, next, "okd-streams / validate"),
      );
      await stage.people.maya.comment(pull, "/test edge");
      await observe("the line for it", () => botComment(stage, pull, `/ok-to-test ${next}`));
      expect(await runs()).not.toContain(next);
    },
    2 * minute,
  );
});
