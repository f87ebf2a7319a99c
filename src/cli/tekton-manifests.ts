import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import {
  madeBy,
  renderManifests,
  type ManifestFile,
} from "../cluster/manifests/render-manifests.ts";
import type { ManifestOptions } from "../cluster/manifests/manifest-options.ts";
import { refuseUnknownCluster } from "../cluster/manifests/refuse-unknown-cluster.ts";
import { describeProblem, ProblemError } from "../problem.ts";
import { isYamlFile } from "../streams/yaml-file.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { objectNameOption } from "./object-name-option.ts";
import { readWorkingTree } from "./read-working-tree.ts";

interface Options extends ManifestOptions {
  readonly dir: string;
}

const defaultFolder = "tekton/triggers";

/** `okd-streams tekton manifests`: exit code 1 where a listener could not carry what the streams say. */
export function tektonManifestsCommand(): Command {
  return (
    new Command("manifests")
      .description(
        "Write the EventListener, its triggers and its rights for the streams as they stand",
      )
      .option("--dir <dir>", "the folder to write to, from the repository's root", defaultFolder)
      .option("--cluster <name>", "only what the streams run on this cluster")
      .option(
        "--namespace <name>",
        "namespace of the listener and the runs",
        objectNameOption(63),
        "okd-streams",
      )
      // Its service has the prefix `el-`, and 63 characters at most.
      .option("--listener <name>", "name of the EventListener", objectNameOption(60), "okd-streams")
      .option(
        "--service-account <name>",
        "account of the runs; one without rights is made otherwise",
        objectNameOption(253, { dots: true }),
      )
      .option(
        "--trials",
        "for trials of pull requests: no secrets, and the service account is fixed",
      )
      .addHelpText(
        "after",
        `
Files of the folder that people wrote stay, and stand in the kustomization too; what an earlier call made is replaced.
Apply it with: kubectl apply -k DIR`,
      )
      .action((options: Options) => {
        process.exitCode = writeManifests(".", options) ? 0 : 1;
      })
  );
}

/** False where nothing was written, for reasons that stand on stderr. */
function writeManifests(path: string, options: Options): boolean {
  const { root } = findRepositoryRoot(path);
  const repository = validateRepository(readWorkingTree(root), { now: new Date() });
  // What stands in the folder is about to be made anew, and may be what is wrong.
  const faulty = repository.findings.filter(
    ({ severity, file }) => severity === "error" && !file.startsWith(`${options.dir}/`),
  ).length;
  if (faulty > 0)
    throw new ProblemError({
      kind: "invalid",
      where: root,
      what: `The repository has ${faulty === 1 ? "an error" : `${faulty} errors`}, so its streams are not known for certain.`,
      next: "Run `okd-streams validate` and mend what it finds.",
    });
  const { cluster } = options;
  const unknown = cluster === undefined ? undefined : refuseUnknownCluster(repository, cluster);
  if (unknown !== undefined) throw new ProblemError(unknown);
  const folder = join(root, options.dir);
  mkdirSync(folder, { recursive: true });
  const { made, kept } = filesIn(folder);
  const { files, problems } = renderManifests(repository, options, kept);
  for (const problem of problems)
    process.stderr.write(`okd-streams: ${describeProblem(problem)}\n`);
  if (problems.length > 0) return false;
  refuseForeign(
    options.dir,
    files.filter(({ name }) => kept.includes(name)),
  );
  for (const name of made) rmSync(join(folder, name));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  process.stderr.write(`Wrote ${count} to ${options.dir}.\n`);
  return true;
}

/** The files that are made anew, and the resources that people put beside them. */
function filesIn(folder: string): { readonly made: string[]; readonly kept: string[] } {
  const names = readdirSync(folder).filter((name) => isYamlFile(name));
  const isMade = (name: string): boolean =>
    readFileSync(join(folder, name), "utf8").startsWith(madeBy);
  return { made: names.filter(isMade), kept: names.filter((name) => !isMade(name)) };
}

function refuseForeign(folder: string, files: readonly ManifestFile[]): void {
  if (files.length === 0) return;
  throw new ProblemError({
    kind: "conflict",
    where: folder,
    what: `${files.map(({ name }) => name).join(", ")} would be replaced, and this command did not make it.`,
    next: "Move it away, or name another folder with --dir.",
  });
}
