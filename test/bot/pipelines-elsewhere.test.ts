import { afterEach, describe, expect, test } from "@jest/globals";
import { pullRequestHead } from "../../src/bot/reviews/pull-request-head.ts";
import { reviewPullRequest } from "../../src/bot/reviews/review-pull-request.ts";
import { clientFor } from "../../src/bot/report.ts";
import { getPullRequest } from "../../src/github/pull-requests.ts";
import { gitFileKey } from "../../src/streams/elsewhere/git-file.ts";
import { changed, edgePath, files } from "../fixtures/bot/streams-repository.ts";
import { createWorld, type World } from "./world.ts";

const file = {
  url: "https://github.com/okd-project/pipelines.git",
  revision: "d4be53e847b94469932100ee1c100767f7b71edb",
  path: "base/build.yaml",
};

/** The good stream with a pipeline of another repository. */
const elsewhere = changed(
  edgePath,
  "path: tekton/pipelines/build.yaml",
  `git:\n        url: ${file.url}\n        revision: ${file.revision}\n        path: ${file.path}`,
);

/** What that repository holds: the pipeline of the good files, whose task is an inline one. */
const pipeline = (files["tekton/pipelines/build.yaml"] ?? "")
  .replace(/ {4}- name: (repository-url|revision)\n/g, "")
  .replace(
    /taskRef:[^]*?\n {6}params:/,
    `taskSpec:
        params: [{name: branch}]
        results: [{name: pull-spec}, {name: image-digest}]
        steps: [{name: build, image: "busybox:1.37", script: "true"}]
      params:`,
  );

const holding = (text: string, revision = file.revision) => {
  const content = new TextEncoder().encode(text);
  return new Map([[gitFileKey({ ...file, revision }), { kind: "content", content } as const]]);
};

let world: World;
afterEach(() => world.end());

async function reviewed(stream = elsewhere): Promise<string> {
  world.git.git("checkout", "--quiet", "-b", "topic", "main");
  world.git.write(edgePath, stream);
  world.git.commit("Propose");
  world.git.git("checkout", "--quiet", "main");
  const pull = world.gitHub.addPull({ ref: "topic" });
  const repository = await world.repository();
  const read = await getPullRequest(clientFor(world.bot, repository), pull.number);
  await reviewPullRequest(world.bot, repository, pullRequestHead(repository, read));
  const { conclusion, output } = world.gitHub.check("validate", pull.head) ?? {};
  return `${String(conclusion)} ${JSON.stringify(output)}`;
}

describe("a pipeline of another repository", () => {
  test("is verified in a review where the operator allows it", async () => {
    world = await createWorld(files, holding(pipeline));
    await world.sync();
    const check = await reviewed();
    expect(check).toMatch(/^success /);
    expect(check).not.toContain("pipeline-elsewhere");
  });

  test("fails a review where it does not suit the stream", async () => {
    const other = "a".repeat(40);
    const wrong = pipeline.replace("$(params.branch)", "$(params.commit)");
    world = await createWorld(files, holding(wrong, other));
    await world.sync();
    const check = await reviewed(elsewhere.replace(file.revision, other));
    expect(check).toMatch(/^failure /);
    expect(check).toContain("pipeline-elsewhere-invalid");
  });

  test("is not asked for and not verified where the operator does not allow it", async () => {
    world = await createWorld();
    await world.sync();
    const check = await reviewed();
    expect(check).toMatch(/^success /);
    expect(check).toContain("is not verified. It is not allowed.");
  });

  test("does not run where the operator does not allow it", async () => {
    world = await createWorld();
    await world.sync();
    await world.merge(edgePath, elsewhere);
    await world.work();
    expect(await world.newestRun()).toMatchObject({
      state: "parked",
      message: `Pipelines of ${file.url} may not be used here. The bot's operator adds it to \`pipelineRepositories\` in the server file; then write \`/retry\`.`,
    });
    expect(world.cluster.submitted).toEqual([]);
  });

  test("runs where the operator allows it", async () => {
    world = await createWorld(files, holding(pipeline));
    await world.sync();
    await world.merge(edgePath, elsewhere);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "submitted" });
  });
});
