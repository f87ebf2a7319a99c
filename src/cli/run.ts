import { InvalidArgumentError, Option, type Command } from "commander";
import type { IsolationChoice } from "../runner/isolation/types.ts";
import type { WorkspaceBinding } from "../tekton/types.ts";
import { listOption } from "./list-option.ts";
import { namedCommand } from "./named-command.ts";
import { collectParam, type WrittenParam } from "./run/given-params.ts";
import { collectWorkspace } from "./run/given-workspaces.ts";
import { readWanted } from "./run/read-wanted.ts";
import { runAll } from "./run/run-all.ts";

interface Options {
  readonly filename?: readonly string[];
  readonly param: readonly WrittenParam[];
  readonly workspace: readonly WorkspaceBinding[];
  readonly isolation: IsolationChoice;
  readonly output: "yaml" | "json";
  readonly logs: boolean;
  readonly directory?: string;
  readonly allowGit?: readonly string[];
  readonly maxParallel?: number;
  readonly maxResultSize?: number;
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("Give a whole number from 1 on.");
}

const examples = `
Without a PipelineRun or TaskRun in the files every Pipeline is run, or, where there is none, every Task. Steps run on
this machine with the programs that it has; images are pulled with --isolation podman only.

Ctrl-C cancels as CancelledRunFinally does: running tasks end, finally tasks run. A second Ctrl-C ends everything. So does
whoever stops reading what is written, such as \`head\`; the exit code is 141 then.

Exit codes: 0 every run succeeded, 1 one did not, 2 nothing was started because of a mistake in the call or the files.

  okd-streams run scos-next                                   the build of a stream of this repository
  okd-streams run -f pipeline.yaml --param version=4.21 --logs
  okd-streams run -f run.yaml -w name=source,claimName=sources -o json | jq .status.results
  kustomize build . | okd-streams run -f -`;

/**
 * `okd-streams run -f FILE` and `okd-streams run STREAM`: progress on stderr, at last the finished objects on stdout.
 * Exit code 0 only when all succeeded, 1 where one did not, 2 where nothing could be started.
 */
export function runCommand(): Command {
  return namedCommand("run")
    .argument("[stream]", "name of a stream of the working tree")
    .option(
      "-f, --filename <file>",
      "a file, folder or URL with Tekton objects; - for standard input; repeatable",
      listOption,
    )
    .option(
      "-p, --param <name=value>",
      "a param in the place of the run's own, arrays and objects as JSON; repeatable",
      collectParam,
      [],
    )
    .option(
      "-w, --workspace <binding>",
      "a workspace in the place of the run's own, such as name=source,emptyDir= or name=source,claimName=sources; repeatable",
      collectWorkspace,
      [],
    )
    .addOption(
      new Option("--isolation <kind>", "how steps are kept from this machine")
        .choices(["auto", "process", "namespace", "podman"])
        .default("auto"),
    )
    .addOption(
      new Option("-o, --output <format>", "how the finished objects are printed")
        .choices(["yaml", "json"])
        .default("yaml"),
    )
    .option("--logs", "print what every step writes, while it writes", false)
    .option("--directory <dir>", "keep claims and logs there; where absent they are removed")
    .option(
      "--allow-git <prefix>",
      "a URL prefix that the git resolver may fetch; repeatable",
      listOption,
    )
    .option(
      "--max-parallel <count>",
      "so many TaskRuns at a time at most, for tasks that don't wait for one another; all that are due otherwise",
      readCount,
    )
    .option(
      "--max-result-size <bytes>",
      "so many bytes of each result, as on a cluster that takes results from sidecar logs; 4096 of each step otherwise",
      readCount,
    )
    .addHelpText("after", examples)
    .action(async (stream: string | undefined, options: Options) => {
      const wanted = await readWanted(stream, options);
      const code = await runAll(wanted, options);
      // That the output could not be written is told before.
      process.exitCode ??= code;
    });
}
