import { botComment, checkRun, observe, page, pullRequest } from "./observe.ts";
import { pipelineRuns, revisionOf } from "./pipeline-runs.ts";
import { check, type Stage } from "./stage.ts";

const buildCheck = "okd-streams / build (gateway)";

/** A maintainer merges the stream; it is built through Tekton, and the pull request says how that went. */
export async function buildChapter(stage: Stage, pull: number): Promise<void> {
  const mergeCommit = await stage.step(
    "Maya, a maintainer, merges it",
    () => mergeWhenPossible(stage, "maya", pull),
    async (sha) => {
      const comment = await observe("the build's result", () =>
        botComment(stage, pull, "The build of this pull request succeeded"),
      );
      for (const part of ["pull-spec", "image-digest", "sha256:", "assemble-image"])
        check(comment.body?.includes(part) === true, `the result names ${part}`);
      const { head } = await pullRequest(stage, pull);
      for (const commit of [sha, head.sha]) {
        const build = await observe(
          "the build's check",
          () => checkRun(stage, commit, buildCheck),
          (run) => run.status === "completed",
        );
        check(build.conclusion === "success", `the build concluded ${build.conclusion ?? ""}`);
      }
      const [run, ...more] = (await pipelineRuns(stage, "gateway")).filter(
        (candidate) => candidate.metadata.labels["streams.okd.io/kind"] === "build",
      );
      check(run !== undefined && more.length === 0, "there is one PipelineRun");
      check(revisionOf(run) === sha, "it runs the pipeline of the merged commit");
      stage.tell(
        `PipelineRun ${run.metadata.name} ran the pipeline and tasks of ${sha.slice(0, 10)}`,
      );
      stage.show(comment.body ?? "");
      return sha;
    },
  );

  await stage.step(
    "The build became a release; its verification runs",
    () => Promise.resolve(),
    async () => {
      const accepted = await observe("the release is Accepted", () =>
        botComment(stage, pull, "(Accepted)"),
      );
      const name = /release \*\*`([^`]+)`\*\*/.exec(accepted.body ?? "")?.[1] ?? "";
      const text = await page(stage, `/releases/${name}`);
      check(text.includes("Accepted") && text.includes("sha256:"), "the release has its page");
      stage.tell(`release ${name} is Accepted: ${stage.world.bot.url}/releases/${name}`);
    },
  );

  await stage.step(
    "GitHub sends the merge's webhook a second time",
    async () => {
      const before = await pipelineRuns(stage);
      const delivery = stage.world.sandbox
        .deliveries()
        .find(
          (sent) => sent.event === "push" && JSON.stringify(sent.payload).includes(mergeCommit),
        );
      check(delivery !== undefined, "the webhook was sent once");
      await stage.world.sandbox.sendAgain(delivery.id);
      return before.length;
    },
    async (before) => {
      await stage.world.sandbox.settled();
      const after = await pipelineRuns(stage);
      check(after.length === before, "no run was added");
      stage.tell("no PipelineRun was added: a doubled event changes nothing");
    },
  );
}

/** Merges as soon as GitHub lets them: required checks conclude, and mergeability is computed, a little later. */
export async function mergeWhenPossible(
  stage: Stage,
  who: "maya" | "noor" | "omar",
  pull: number,
): Promise<string> {
  return observe(`${who} can merge #${pull}`, () => stage.people[who].merge(pull));
}
