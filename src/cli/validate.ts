import { Command, Option } from "commander";
import colours from "picocolors";
import { decodeText } from "../yaml/decode-text.ts";
import type { Finding } from "../streams/findings/finding.ts";
import { newFindings } from "../streams/findings/new-findings.ts";
import type { RepositoryFile } from "../streams/repository.ts";
import { startOfDay } from "../streams/start-of-day.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { readWorkingTree } from "./read-working-tree.ts";
import { noCache } from "./validation/cache.ts";
import type { Cache } from "./validation/cache.ts";
import { openUserCache, validateFiles } from "./validation/validate-files.ts";

interface Options {
  readonly output: "text" | "json" | "sarif" | "github";
  readonly base?: string;
  readonly cache: boolean;
}

interface Validated {
  readonly findings: readonly Finding[];
  readonly files: readonly RepositoryFile[];
}

/** `okd-streams validate [PATH…]`: exit code 0 valid, 1 findings of severity error, 2 usage. */
export function validateCommand(): Command {
  return new Command("validate")
    .description("Find mistakes in streams, channels and pipelines")
    .argument("[path...]", "a streams repository, or folders or files of one", ["."])
    .addOption(
      new Option("-o, --output <format>", "how findings are printed")
        .choices(["text", "json", "sarif", "github"])
        .default("text"),
    )
    .option("--base <revision>", "only findings that this git revision does not have")
    .option("--no-cache", "remember nothing, and use nothing that was remembered")
    .action(async (paths: string[], options: Options) => {
      const cache = options.cache ? openUserCache() : noCache;
      const validated: Validated[] = [];
      for (const [root, parts] of partsByRoot(paths)) {
        validated.push(await validateRoot(root, parts, options.base, cache));
      }
      const findings = unique(validated.flatMap((one) => one.findings));
      const files = validated.flatMap((one) => one.files);
      const output = await render(findings, files, options.output);
      if (output !== "") process.stdout.write(`${output}\n`);
      process.exitCode = findings.some(({ severity }) => severity === "error") ? 1 : 0;
    });
}

/** However many parts of a repository are named, it is validated once. */
function partsByRoot(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  for (const path of paths) {
    const { root, part } = findRepositoryRoot(path);
    parts.set(root, [...(parts.get(root) ?? []), part]);
  }
  return parts;
}

async function validateRoot(
  root: string,
  parts: readonly string[],
  base: string | undefined,
  cache: Cache,
): Promise<Validated> {
  const files = readWorkingTree(root);
  const options = { now: startOfDay(new Date()) };
  const findings = await validateFiles(files, options, cache);
  const known =
    base === undefined ? [] : await validateFiles(await filesAt(root, base), options, cache);
  const shown = newFindings(known, findings).filter(({ file }) =>
    parts.some((part) => part === "" || file === part || file.startsWith(`${part}/`)),
  );
  return { findings: shown, files };
}

async function filesAt(root: string, base: string): Promise<readonly RepositoryFile[]> {
  const { readRevision, resolveCommit } = await import("./read-revision.ts");
  return readRevision(root, await resolveCommit(root, base));
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
