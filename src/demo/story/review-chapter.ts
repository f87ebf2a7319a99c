import { demoRepository } from "../demo-repository.ts";
import { botComment, checkRun, observe, type CheckRun } from "./observe.ts";
import { gatewayPath, gatewayStream, mistakes } from "./gateway-stream.ts";
import { check, type Stage } from "./stage.ts";

const { owner, name: repo } = demoRepository;
const fullName = `${owner}/${repo}`;

/** A contributor adds a stream, with three mistakes and then without. Gives the pull request's number. */
export async function reviewChapter(stage: Stage): Promise<number> {
  const { casey } = stage.people;
  const first = await stage.step(
    "Casey, a contributor, opens a pull request from a fork: a new stream, with three mistakes",
    async () => {
      await stage.world.sandbox.fork(owner, repo, "casey");
      const sha = await casey.push({
        into: `casey/${repo}`,
        branch: "add-gateway",
        message: "Add a stream for network gateways",
        files: { [gatewayPath]: gatewayStream({ mistaken: true }) },
      });
      const { data } = await casey.octokit.rest.pulls.create({
        owner,
        repo,
        head: "casey:add-gateway",
        base: "main",
        title: "Add a stream for network gateways",
        body: "OKD for the boxes between two networks. I would like to try it with the community.",
      });
      return { sha, pull: data.number };
    },
    async ({ sha, pull }) => {
      const validate = await observe("validate fails", () => concluded(stage, sha, "validate"));
      check(validate.conclusion === "failure", `validate concluded ${validate.conclusion ?? ""}`);
      await checkAnnotations(stage, validate);
      const comment = await observe("the review comment", () =>
        botComment(stage, pull, "Not ready: 3 errors"),
      );
      check(comment.body?.includes("```mermaid") === true, "the comment shows the pipeline");
      stage.show(comment.body);
      return { pull, comment: comment.id };
    },
  );

  await stage.step(
    "Casey pushes a fix",
    () =>
      casey.push({
        into: `casey/${repo}`,
        branch: "add-gateway",
        message: "Mend the gateway stream",
        files: { [gatewayPath]: gatewayStream({ mistaken: false }) },
      }),
    async (sha) => {
      const validate = await observe("validate passes", () => concluded(stage, sha, "validate"));
      check(validate.conclusion === "success", `validate concluded ${validate.conclusion ?? ""}`);
      const plan = await observe("the plan", () => concluded(stage, sha, "plan"));
      check(plan.output.title === "The merge builds 1 stream", plan.output.title ?? "no title");
      check(plan.output.summary?.includes("gateway") === true, "the plan names the stream");
      const comment = await observe("the same comment, edited", () =>
        botComment(stage, first.pull, "✅ Valid"),
      );
      check(comment.id === first.comment, "the comment was edited and not written again");
      stage.tell(`check okd-streams / validate: ✅ ${validate.output.title ?? ""}`);
      stage.tell(`check okd-streams / plan: ${plan.output.title}`);
      stage.show(comment.body ?? "");
    },
  );
  stage.tell(`${fullName}#${first.pull} is ready.`);
  return first.pull;
}

async function concluded(stage: Stage, sha: string, name: string): Promise<CheckRun | undefined> {
  const run = await checkRun(stage, sha, `okd-streams / ${name}`);
  return run?.status === "completed" ? run : undefined;
}

async function checkAnnotations(stage: Stage, validate: CheckRun): Promise<void> {
  const { data } = await stage.people.casey.octokit.rest.checks.listAnnotations({
    owner,
    repo,
    check_run_id: validate.id,
  });
  const errors = data.filter((annotation) => annotation.annotation_level === "failure");
  check(errors.length === mistakes.length, `there are ${errors.length} annotations`);
  for (const { line, column, about } of mistakes) {
    const found = errors.find(
      (annotation) => annotation.start_line === line && annotation.start_column === column,
    );
    check(found !== undefined, `an annotation stands at ${line}:${column} (${about})`);
    stage.tell(`${found.path}:${line}:${column} ${found.message?.split("\n")[0] ?? ""}`);
  }
}
