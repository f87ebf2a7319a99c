import { Option, type Command } from "commander";
import { simpleGit } from "simple-git";
import { stringify } from "yaml";
import { ProblemError } from "../problem.ts";
import { renderPipelineRun } from "../streams/runs/render-pipeline-run.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { buildRequest } from "./build-request.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { namedCommand } from "./named-command.ts";
import { readRevision, resolveCommit } from "./read-revision.ts";

interface Options {
  readonly output: "yaml" | "json";
  readonly revision: string;
  readonly repositoryUrl?: string;
}

/** `okd-streams render STREAM`: the PipelineRun of a build; exit code 0, or 2 where there is no such stream. */
export function renderCommand(): Command {
  return namedCommand("render")
    .argument("<stream>", "name of the stream")
    .addOption(
      new Option("-o, --output <format>", "how it is printed")
        .choices(["yaml", "json"])
        .default("yaml"),
    )
    .option("--revision <revision>", "the git revision to build", "HEAD")
    .option("--repository-url <url>", "git URL for the cluster; that of origin where absent")
    .action(async (stream: string, options: Options) => {
      const { root } = findRepositoryRoot(".");
      const run = await renderStream(root, stream, options);
      const text =
        options.output === "json" ? `${JSON.stringify(run, undefined, 2)}\n` : stringify(run);
      process.stdout.write(text);
    });
}

async function renderStream(root: string, name: string, options: Options) {
  const commit = await resolveCommit(root, options.revision);
  const now = new Date();
  const repository = validateRepository(await readRevision(root, commit), { now });
  const request = buildRequest(repository, {
    name,
    where: commit,
    cause: `merge:${commit}`,
    commit,
    time: now,
  });
  const repositoryUrl = options.repositoryUrl ?? (await originUrl(root));
  return renderPipelineRun(request, { repositoryUrl });
}

async function originUrl(root: string): Promise<string> {
  const url = await simpleGit(root).getConfig("remote.origin.url");
  if (url.value !== null) return url.value;
  throw new ProblemError({
    kind: "invalid",
    what: "The git repository has no remote called origin.",
    next: "Say where the cluster fetches it from: --repository-url URL.",
  });
}
