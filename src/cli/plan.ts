import { Command, Option } from "commander";
import { planChange } from "../streams/plan/plan-change.ts";
import type { Plan } from "../streams/plan/plan.ts";
import { renderPlanJson } from "../streams/plan/render-plan-json.ts";
import { renderPlanMarkdown } from "../streams/plan/render-plan-markdown.ts";
import { renderPlanText } from "../streams/plan/render-plan-text.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { readRevision, resolveCommit } from "./read-revision.ts";
import { readWorkingTree } from "./read-working-tree.ts";

interface Options {
  readonly output: "text" | "json" | "markdown";
  readonly base: string;
}

const renderers: Record<Options["output"], (plan: Plan) => string> = {
  text: renderPlanText,
  json: renderPlanJson,
  markdown: renderPlanMarkdown,
};

/** `okd-streams plan`: what the working tree would build that the base has not built; exit code 0, or 2 for usage. */
export function planCommand(): Command {
  return new Command("plan")
    .description("Show what the merge of the working tree would build, and why")
    .argument("[path]", "a streams repository", ".")
    .addOption(
      new Option("-o, --output <format>", "how the plan is printed")
        .choices(["text", "json", "markdown"])
        .default("text"),
    )
    .option("--base <revision>", "the git revision to compare with", "HEAD")
    .action(async (path: string, { base, output }: Options) => {
      const { root } = findRepositoryRoot(path);
      const now = new Date();
      const commit = await resolveCommit(root, base);
      const before = validateRepository(await readRevision(root, commit), { now });
      const after = validateRepository(readWorkingTree(root), { now });
      const plan = planChange(before, after, { now });
      process.stdout.write(`${renderers[output](plan)}\n`);
    });
}
