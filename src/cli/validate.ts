import { Command, Option } from "commander";
import colours from "picocolors";
import { decodeText } from "../yaml/decode-text.ts";
import type { Finding } from "../streams/findings/finding.ts";
import { newFindings } from "../streams/findings/new-findings.ts";
import { renderFindingsGithub } from "../streams/findings/render-findings-github.ts";
import { renderFindingsJson } from "../streams/findings/render-findings-json.ts";
import { renderFindingsSarif } from "../streams/findings/render-findings-sarif.ts";
import { renderFindingsText } from "../streams/findings/render-findings-text.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { readRevision, resolveCommit } from "./read-revision.ts";
import { readWorkingTree } from "./read-working-tree.ts";

interface Options {
  readonly output: "text" | "json" | "sarif" | "github";
  readonly base?: string;
}

interface Validated {
  readonly findings: Finding[];
  /** Text by the file as it is named in the findings. */
  readonly texts: ReadonlyMap<string, string>;
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
    .action(async (paths: string[], options: Options) => {
      const validated = await Promise.all(paths.map((path) => validatePath(path, options.base)));
      const findings = unique(validated.flatMap((one) => one.findings));
      const texts = new Map(validated.flatMap((one) => [...one.texts]));
      const output = render(findings, texts, options.output);
      if (output !== "") process.stdout.write(`${output}\n`);
      process.exitCode = findings.some(({ severity }) => severity === "error") ? 1 : 0;
    });
}

async function validatePath(path: string, base: string | undefined): Promise<Validated> {
  const { root, part } = findRepositoryRoot(path);
  const files = readWorkingTree(root);
  const now = new Date();
  const { findings } = validateRepository(files, { now });
  const known = base === undefined ? [] : await findingsAt(root, base, now);
  const shown = newFindings(known, findings).filter(
    ({ file }) => part === "" || file === part || file.startsWith(`${part}/`),
  );
  const texts = files.flatMap(({ path: file, content }): [string, string][] => {
    const text = content === undefined ? undefined : decodeText(content);
    return text?.ok === true ? [[file, text.value]] : [];
  });
  return { findings: shown, texts: new Map(texts) };
}

async function findingsAt(root: string, base: string, now: Date): Promise<readonly Finding[]> {
  const files = await readRevision(root, await resolveCommit(root, base));
  return validateRepository(files, { now }).findings;
}

/** Paths may overlap. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function render(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, string>,
  output: Options["output"],
): string {
  if (output === "json") return renderFindingsJson(findings);
  if (output === "sarif") return renderFindingsSarif(findings);
  if (output === "github") return renderFindingsGithub(findings);
  // Off a terminal isTTY is undefined, which createColors would take for "as you like".
  const painted = colours.createColors(process.stdout.isTTY ? colours.isColorSupported : false);
  return renderFindingsText(findings, (file) => texts.get(file), painted);
}
