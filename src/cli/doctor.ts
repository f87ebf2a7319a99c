import type { Command } from "commander";
import { examineCluster } from "../cluster/examine-cluster.ts";
import { listInstalledRepositories } from "../github/list-installed-repositories.ts";
import { describeProblem, ProblemError, type Result } from "../problem.ts";
import { openBot, type OpenedBot } from "../server/open-bot.ts";
import type { ClusterSettings } from "../server/server-file.ts";
import { configFile } from "./config-file.ts";
import { namedCommand } from "./named-command.ts";

/** `okd-streams doctor`: whether the bot would work as it is set up; exit code 1 where something is wrong. */
export function doctorCommand(): Command {
  return namedCommand("doctor")
    .option(
      "-c, --config <file>",
      "the server file with clusters and database (or OKD_STREAMS_CONFIG)",
    )
    .action(async (options: { config?: string }) => {
      const opened = await openBot(configFile(options.config), process.env);
      try {
        report("environment, server file, secrets and database");
        const all = [await examineGitHub(opened), ...(await examineClusters(opened))];
        process.exitCode = all.every(Boolean) ? 0 : 1;
      } finally {
        await opened.store.close();
      }
    });
}

/** Prints one line; gives whether all is well. */
function report(what: string, result: Result<unknown> = { ok: true, value: undefined }): boolean {
  process.stdout.write(
    result.ok ? `ok     ${what}\n` : `WRONG  ${what}: ${describeProblem(result.problem)}\n`,
  );
  return result.ok;
}

async function examineGitHub({ bot }: OpenedBot): Promise<boolean> {
  try {
    const repositories = await listInstalledRepositories(bot.gitHub);
    return report(`GitHub knows the App, on ${repositories.length} repositories`);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const problem =
      error instanceof ProblemError
        ? error.problem
        : { kind: "unavailable" as const, what, next: "Check APP_ID, the key and GHE_HOST." };
    return report("GitHub", { ok: false, problem });
  }
}

async function examineClusters({ settings }: OpenedBot): Promise<readonly boolean[]> {
  const all: boolean[] = [];
  for (const cluster of settings.clusters)
    for (const { name, ...place } of placesOf(cluster))
      for (const { what, result } of await examineCluster({ name, ...place }))
        all.push(report(`${name}: ${what}`, result));
  return all;
}

/** A cluster, and where it tries pull requests. */
function placesOf({ name, listener, namespace, kubeconfig, trials }: ClusterSettings) {
  const place = (title: string, at: string, where: string, file: string | undefined) => ({
    name: title,
    listener: new URL(at),
    namespace: where,
    kubernetes: file === undefined ? ({ inCluster: true } as const) : { kubeconfigFile: file },
  });
  return [
    place(`cluster ${name}`, listener, namespace, kubeconfig),
    ...(trials === undefined
      ? []
      : [
          place(
            `trials of ${name}`,
            trials.listener,
            trials.namespace,
            trials.kubeconfig ?? kubeconfig,
          ),
        ]),
  ];
}
