import { Option, type Command } from "commander";
import colours from "picocolors";
import { decodeText } from "../yaml/decode-text.ts";
import type { Finding } from "../streams/findings/finding.ts";
import { newFindings } from "../streams/findings/new-findings.ts";
import type { RepositoryFile } from "../streams/repository.ts";
import { namedCommand } from "./named-command.ts";
import { noCache } from "./validation/cache.ts";
import { findTargets } from "./validation/targets.ts";
import type { Target } from "./validation/targets.ts";
import { openUserCache } from "./validation/validate-files.ts";

interface Options {
  readonly output: "text" | "json" | "sarif" | "github";
  readonly base?: string;
  readonly cache: boolean;
  readonly fetch: boolean;
  readonly fix: boolean;
  readonly watch: boolean;
}

interface Validated {
  readonly findings: readonly Finding[];
  readonly files: readonly RepositoryFile[];
}

const placesHelp = `
Whatever lies below streams/ or tekton/ is validated as a part of the streams repository around it. Any other folder is
one of Tekton files: every .yaml and .yml below it is read, and names are looked up in the nearest folder that has them.
A single file outside a streams repository is looked at together with its folder.`;

/** `okd-streams validate [PATH…]`: exit code 0 valid, 1 findings of severity error, 2 usage. */
export function validateCommand(): Command {
  return namedCommand("validate")
    .argument("[path...]", "streams repositories, Tekton files, or folders or files of these", [
      ".",
    ])
    .addOption(
      new Option("-o, --output <format>", "how findings are printed")
        .choices(["text", "json", "sarif", "github"])
        .default("text"),
    )
    .option("--base <revision>", "only findings that this git revision does not have")
    .option("--fix", "make the changes that need no thought, and show what is left", false)
    .option("--watch", "validate again on every change, until Ctrl-C", false)
    .option(
      "--fetch",
      "fetch the pipelines of other repositories that are named, over https",
      false,
    )
    .option("--no-cache", "remember nothing, and use nothing that was remembered")
    .addHelpText("after", placesHelp)
    .action(async (paths: string[], options: Options) => {
      if (options.watch) await keepValidating(paths, options);
      else process.exitCode = (await validatePaths(paths, options)) ? 0 : 1;
    });
}

/** Prints the findings; false where one is an error. */
async function validatePaths(paths: readonly string[], options: Options): Promise<boolean> {
  const cache = options.cache ? openUserCache() : noCache;
  const validated: Validated[] = [];
  for (const target of findTargets(paths, { cache, fetch: options.fetch })) {
    validated.push(await validateTarget(target, options));
  }
  const findings = unique(validated.flatMap((one) => one.findings));
  const files = validated.flatMap((one) => one.files);
  const output = await render(findings, files, options.output);
  if (output !== "") process.stdout.write(`${output}\n`);
  return findings.every(({ severity }) => severity !== "error");
}

/** Ctrl-C is how this ends, and so no failure. */
async function keepValidating(paths: readonly string[], options: Options): Promise<void> {
  const { watchRoots } = await import("./watch.ts");
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const roots = findTargets(paths, { cache: noCache, fetch: false }).map(({ root }) => root);
  await watchRoots(roots, () => validatePaths(paths, options), stop.signal);
}

async function validateTarget(target: Target, { base, fix }: Options): Promise<Validated> {
  const known = base === undefined ? [] : await target.validate(await target.readAt(base));
  const findingsOf = async (files: readonly RepositoryFile[]) => {
    const findings = await target.validate(files);
    return newFindings(known, findings).filter(({ file }) =>
      target.parts.some((part) => part === "" || file === part || file.startsWith(`${part}/`)),
    );
  };
  const files = await target.read();
  if (!fix) return { files, findings: await findingsOf(files) };
  const { fixWorkingTree } = await import("./fix-files.ts");
  return fixWorkingTree(target.root, files, findingsOf);
}

/** Repositories may stand inside one another. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

async function render(
  findings: readonly Finding[],
  files: readonly RepositoryFile[],
  output: Options["output"],
): Promise<string> {
  if (output === "json") {
    const { renderFindingsJson } = await import("../streams/findings/render-findings-json.ts");
    return renderFindingsJson(findings);
  }
  if (output === "sarif") {
    const { renderFindingsSarif } = await import("../streams/findings/render-findings-sarif.ts");
    return renderFindingsSarif(findings);
  }
  if (output === "github") {
    const { renderFindingsGithub } = await import("../streams/findings/render-findings-github.ts");
    return renderFindingsGithub(findings);
  }
  const { renderFindingsText } = await import("../streams/findings/render-findings-text.ts");
  // Off a terminal isTTY is undefined, which createColors would take for "as you like".
  const painted = colours.createColors(process.stdout.isTTY ? colours.isColorSupported : false);
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  return renderFindingsText(findings, (file) => textOf(contents.get(file)), painted);
}

function textOf(content: Uint8Array | undefined): string | undefined {
  const text = content === undefined ? undefined : decodeText(content);
  return text?.ok === true ? text.value : undefined;
}
