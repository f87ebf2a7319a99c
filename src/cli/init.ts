import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { unwrap } from "../problem.ts";
import { newRepository } from "../streams/scaffold/new-repository.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";
import { scaffoldName } from "../streams/scaffold/scaffold-name.ts";
import { defaultVersion, streamPath, streamText } from "../streams/scaffold/stream-text.ts";
import { ask } from "./ask.ts";
import { checkNewFiles } from "./check-new-files.ts";
import { listOption } from "./list-option.ts";
import { namedCommand } from "./named-command.ts";
import { readPackageFiles } from "./package-files.ts";
import { readWorkingTree } from "./read-working-tree.ts";
import { refuseExisting, writeNewFiles } from "./write-files.ts";

interface Options {
  readonly stream?: string;
  readonly version?: string;
  readonly operatingSystem: "scos" | "fcos";
  readonly maintainer?: readonly string[];
  readonly owner?: readonly string[];
  readonly keep?: boolean;
  readonly yes?: boolean;
}

interface Answers {
  readonly stream: string;
  readonly version: string;
  readonly maintainers: readonly string[];
}

/** `okd-streams init [DIR]`: a streams repository from nothing; exit code 0, or 2 where nothing was written. */
export function initCommand(): Command {
  return namedCommand("init")
    .argument("[dir]", "where; it may exist and have other files", ".")
    .option("--stream <name>", "name of the first stream (edge)")
    .option("--version <version>", `version of OKD that it is of (${defaultVersion})`)
    .addOption(
      new Option("--operating-system <name>", "operating system of its nodes")
        .choices(["scos", "fcos"])
        .default("scos"),
    )
    .option("--maintainer <login>", "who may build it by comment; may be repeated", listOption)
    .option(
      "--owner <login>",
      "login or @org/team that reviews and approves (the maintainers); may be repeated",
      listOption,
    )
    .option("--keep", "keep files that are there already, and write the others")
    .option("-y, --yes", "ask nothing")
    .action(async (dir: string, options: Options) => {
      const root = resolve(dir);
      const answers = await answersTo(options);
      const wanted = repositoryFiles(options, answers);
      const keep = options.keep === true;
      if (!keep) refuseExisting(root, wanted, "Name an empty folder, or keep them: --keep.");
      const files = wanted.filter(({ path }) => !existsSync(resolve(root, path)));
      checkNewFiles(existsSync(root) ? readWorkingTree(root) : [], files);
      writeNewFiles(root, files);
      process.stdout.write(report(dir, answers.stream, files));
    });
}

/** Asks for what the options do not say, where there is somebody to ask. */
async function answersTo(options: Options): Promise<Answers> {
  const { stream = "edge", version = defaultVersion, maintainer = [] } = options;
  const silent = options.yes === true || !process.stdin.isTTY || !process.stderr.isTTY;
  if (silent) return { stream, version, maintainers: maintainer };
  const [name = stream, of = version, login = ""] = await ask([
    { text: "Name of the first stream", otherwise: stream },
    { text: "Version of OKD", otherwise: version },
    { text: "GitHub logins of its maintainers", otherwise: maintainer.join(" ") },
  ]);
  const maintainers = login.split(/[\s,]+/).filter((part) => part !== "");
  return { stream: name, version: of, maintainers };
}

function repositoryFiles(
  { operatingSystem, owner }: Options,
  { stream, version, maintainers }: Answers,
): ScaffoldFile[] {
  const name = unwrap(scaffoldName(stream, "stream"));
  const text = streamText({ name, version, operatingSystem, maintainers, localSchemas: false });
  const shared = readPackageFiles("tekton");
  const { streams } = checkNewFiles([], [...shared, { path: streamPath(name), text }]);
  const value = streams.get(name)?.value;
  if (value === undefined) throw new Error(`the stream ${name} is valid and not there`);
  return newRepository({ stream: value, streamText: text, owners: owner ?? maintainers, shared });
}

function report(dir: string, stream: string, files: readonly ScaffoldFile[]): string {
  if (files.length === 0) return "Every file is there already; nothing was written.\n";
  return `${files.map(({ path }) => `${path}\n`).join("")}
Wrote ${files.length} files. Next${dir === "." ? "" : `, in ${dir}`}:
  okd-streams validate
  okd-streams run ${stream}    builds it on this machine, without a cluster
  git init && git add --all && git commit --message "Begin"
Then push it to GitHub and let the bot watch it; the operators' guide says how:
  https://github.com/okd-project/okd-streams/blob/main/docs/operators.md
`;
}
