import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { packageRoot } from "../../package-root.ts";
import { demoRepository } from "../demo-repository.ts";
import { mergeWhenPossible } from "./build-chapter.ts";
import { botComment, checkRun, observe } from "./observe.ts";
import { check, type Stage } from "./stage.ts";

const { owner, name: repo } = demoRepository;
const taskPath = "tekton/tasks/assemble-image.yaml";

/** Another pull request exchanges a task of the pipeline; the streams that use it build with the new one. */
export async function exchangeChapter(stage: Stage): Promise<void> {
  const { noor } = stage.people;
  const pull = await stage.step(
    "Noor exchanges a task of that pipeline: images get a label that says where to ask for help",
    async () => {
      const sha = await noor.push({
        into: `${owner}/${repo}`,
        branch: "label-images",
        message: "Label images with where to ask for help",
        files: { [taskPath]: withLabel(readFileSync(join(packageRoot, taskPath), "utf8")) },
      });
      const { data } = await noor.octokit.rest.pulls.create({
        owner,
        repo,
        head: "label-images",
        base: "main",
        title: "Label images with where to ask for help",
      });
      return { sha, number: data.number };
    },
    async ({ sha, number }) => {
      const plan = await observe(
        "the plan",
        () => checkRun(stage, sha, "okd-streams / plan"),
        (run) => run.status === "completed",
      );
      check(plan.output.title === "The merge builds 5 streams", plan.output.title ?? "no title");
      check(plan.output.summary?.includes(taskPath) === true, "the plan says why");
      stage.tell(`check okd-streams / plan: ${plan.output.title}, because ${taskPath} changed`);
      return number;
    },
  );

  await stage.step(
    "Omar merges it; every stream that uses the task builds with the new one",
    () => mergeWhenPossible(stage, "omar", pull),
    async () => {
      const comment = await observe(
        "all builds succeed",
        () => botComment(stage, pull, "All 5 builds succeeded"),
        undefined,
        // Five pipelines with their pods take their time on a small cluster.
        4 * 60_000,
      );
      const image = /`(localhost\/okd\/scos-gateway)@sha256:([0-9a-f]{64})`/.exec(
        comment.body ?? "",
      );
      check(image?.[1] !== undefined && image[2] !== undefined, "the gateway's pull spec is shown");
      const labels = readLabels(stage, image[1], image[2]);
      check(labels["io.okd.support"] === "okd-wg", "the image has the new label");
      stage.tell(`${image[1]} now has the label io.okd.support=${labels["io.okd.support"]}`);
      stage.show(comment.body ?? "");
    },
  );
}

function withLabel(task: string): string {
  const changed = task.replace(
    '"io.okd.variant":"%s"}}',
    '"io.okd.variant":"%s","io.okd.support":"okd-wg"}}',
  );
  check(changed !== task, `${taskPath} writes the label io.okd.variant`);
  return changed;
}

const manifestSchema = z.object({ config: z.object({ digest: z.string() }) });
const configSchema = z.object({ config: z.object({ Labels: z.record(z.string(), z.string()) }) });

/** The labels of an image in the registry's directory, found as any OCI tool finds them. */
function readLabels(stage: Stage, repository: string, digest: string): Record<string, string> {
  const blobs = join(stage.world.registry, repository, "blobs/sha256");
  const readBlob = (hex: string): unknown => JSON.parse(readFileSync(join(blobs, hex), "utf8"));
  const manifest = manifestSchema.parse(readBlob(digest));
  return configSchema.parse(readBlob(manifest.config.digest.replace("sha256:", ""))).config.Labels;
}
