import { Option, type Command } from "commander";
import { runPayload } from "../cluster/run-payload.ts";
import { neededRuns } from "../streams/plan/needed-runs.ts";
import { planChange } from "../streams/plan/plan-change.ts";
import { planTriggers } from "../streams/plan/plan-triggers.ts";
import type { Plan, PlannedTriggers } from "../streams/plan/plan.ts";
import { renderPlanJson } from "../streams/plan/render-plan-json.ts";
import { renderPlanMarkdown } from "../streams/plan/render-plan-markdown.ts";
import { renderPlanText } from "../streams/plan/render-plan-text.ts";
import { triggerDocuments, triggersIn } from "../streams/plan/repository-triggers.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import type { RepositoryFile, StreamsRepository } from "../streams/repository.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { namedCommand } from "./named-command.ts";
import { readRevision, resolveCommit } from "./read-revision.ts";
import { readWorkingTree } from "./read-working-tree.ts";
import { parseFiles } from "./validation/parse-files.ts";
import { openUserCache } from "./validation/validate-files.ts";

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
  return namedCommand("plan")
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
      const old = await readRevision(root, commit);
      const before = await validated(old, now);
      const after = await validated(keepSame(old, readWorkingTree(root)), now);
      const change = planChange(before, after, { now });
      const plan = { ...change, triggers: ownTriggers(before, after, change) };
      process.stdout.write(`${renderers[output](plan)}\n`);
    });
}

/** What the triggers in tekton/ lack, where there are any; what a cluster has is known to the bot only. */
function ownTriggers(
  before: StreamsRepository,
  after: StreamsRepository,
  change: Plan,
): PlannedTriggers {
  const triggers = triggersIn(triggerDocuments(after));
  if (triggers.length === 0) return { gaps: [], notVerified: [] };
  const runs = neededRuns(before, after, change);
  const nowhere = { repositoryFullName: "", repositoryUrl: "" };
  const gaps = planTriggers(runs, [{ cluster: undefined, triggers }], (request) =>
    runPayload(request, nowhere),
  );
  return { gaps, notVerified: [] };
}

/** Files that are as they were, as the same objects: those are not looked at again. */
function keepSame(
  before: readonly RepositoryFile[],
  after: readonly RepositoryFile[],
): RepositoryFile[] {
  const known = new Map(before.map((file) => [file.path, file]));
  return after.map((file) => {
    const old = known.get(file.path);
    if (old?.content === undefined || file.content === undefined) return file;
    const isSame = old.mode === file.mode && Buffer.compare(old.content, file.content) === 0;
    return isSame ? old : file;
  });
}

async function validated(files: readonly RepositoryFile[], now: Date): Promise<StreamsRepository> {
  return validateRepository(files, { now, values: await parseFiles(files, openUserCache()) });
}
