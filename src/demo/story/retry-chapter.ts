import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.ts";
import { demoRepository } from "../demo-repository.ts";
import { mergeWhenPossible } from "./build-chapter.ts";
import { botComment, observe } from "./observe.ts";
import { pipelineRuns } from "./pipeline-runs.ts";
import { check, type Stage } from "./stage.ts";

const { owner, name: repo } = demoRepository;
const streamPath = "streams/hpc.yaml";

/** A build fails for a reason outside the repository; once that is gone, a maintainer's comment builds it again. */
export async function retryChapter(stage: Stage): Promise<number> {
  const { omar, maya } = stage.people;
  const lock = join(stage.world.registry, "READ-ONLY");
  const pull = await stage.step(
    "Omar adds a package to the HPC stream; Maya merges while the registry is read-only",
    async () => {
      writeFileSync(lock, "its disk is being moved until noon\n");
      await omar.push({
        into: `${owner}/${repo}`,
        branch: "hpc-openmpi",
        message: "Add Open MPI to the HPC stream",
        files: { [streamPath]: withPackage(readFileSync(join(packageRoot, streamPath), "utf8")) },
      });
      const { data } = await omar.octokit.rest.pulls.create({
        owner,
        repo,
        head: "hpc-openmpi",
        base: "main",
        title: "Add Open MPI to the HPC stream",
      });
      await mergeWhenPossible(stage, "maya", data.number);
      return data.number;
    },
    async (number) => {
      const comment = await observe("the failure", () =>
        botComment(stage, number, "1 without success"),
      );
      check(comment.body?.includes("read-only") === true, "the log's tail says why");
      stage.show(comment.body);
      return number;
    },
  );

  await stage.step(
    "Omar quotes a command in a code block, the registry is writable again, and Maya writes /retry",
    async () => {
      const quoted = await omar.comment(
        pull,
        "When the disk is back, one of us writes\n```\n/retry\n```\nand it builds again.",
      );
      rmSync(lock, { force: true });
      await maya.comment(pull, "The disk is back.\n\n/retry");
      return quoted;
    },
    async (quoted) => {
      const comment = await observe("the second attempt succeeds", () =>
        botComment(stage, pull, "(Accepted)"),
      );
      check(comment.body?.includes("attempt 2") === true, "the comment says which attempt it was");
      const { data: reactions } = await omar.octokit.rest.reactions.listForIssueComment({
        owner,
        repo,
        comment_id: quoted,
      });
      check(reactions.length === 0, "the bot did not take the quoted command");
      const builds = (await pipelineRuns(stage, "hpc")).filter(
        (run) => run.metadata.labels["streams.okd.io/kind"] === "build",
      );
      check(builds.length === 3, `there are ${builds.length} builds of hpc`);
      stage.tell("the command in the code block did nothing; the real one built the stream once");
      stage.show(comment.body ?? "");
    },
  );
  return pull;
}

function withPackage(stream: string): string {
  const changed = stream.replace(/^(\s+packages: .*)$/m, "$1 openmpi");
  check(changed !== stream, `${streamPath} has packages`);
  return changed;
}
