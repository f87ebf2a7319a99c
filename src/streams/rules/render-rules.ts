import type { Finding } from "../findings/finding.ts";
import { acrossStreamsRules } from "./across-streams-rules.ts";
import { channelRules } from "./channel-rules.ts";
import { exampleFiles, runExample } from "./examples/run-example.ts";
import type { Side } from "./examples/run-example.ts";
import { fileRules } from "./file-rules.ts";
import { pipelineUseRules } from "./pipeline-use-rules.ts";
import { policyRules } from "./policy-rules.ts";
import type { Example, ExampleFile, Rule } from "./rule.ts";
import { rules } from "./rules.ts";
import { scriptRules } from "./script-rules.ts";
import { silencingRules } from "./silencing-rules.ts";
import { streamRules } from "./stream-rules.ts";
import { tektonFileRules } from "./tekton-file-rules.ts";
import { tektonObjectRules } from "./tekton-object-rules.ts";
import { tektonPipelineRules } from "./tekton-pipeline-rules.ts";
import { tektonRules } from "./tekton-rules.ts";
import { triggerRules } from "./trigger-rules.ts";

const groups: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  "Files, YAML and schema": fileRules,
  Streams: streamRules,
  "Streams among each other": acrossStreamsRules,
  Channels: channelRules,
  "Streams and their pipelines": { ...tektonRules, ...pipelineUseRules },
  "Tekton objects, Tasks and StepActions": tektonObjectRules,
  "Pipelines and runs": tektonPipelineRules,
  "Tekton files together": tektonFileRules,
  "Scripts of steps and jobs": scriptRules,
  "Triggers and what stands beside them": triggerRules,
  "Policies, for those who ask for them": policyRules,
  "Comments that silence rules": silencingRules,
};

/** A line of a made-up file can be as long as it likes; a page shows its beginning. */
const widestLine = 120;

/** The pages of docs/rules by their names: an index, and a page for each rule. */
export function renderRules(): ReadonlyMap<string, string> {
  const pages = Object.entries<Rule>(rules).map(([id, rule]): [string, string] => [
    `${id}.md`,
    renderRule(id, rule),
  ]);
  return new Map([["README.md", renderIndex()], ...pages]);
}

function renderIndex(): string {
  const sections = Object.entries(groups).map(([title, group]) => {
    const rows = Object.entries(group).map(
      ([id, rule]) => `| [${id}](${id}.md) | ${severityOf(rule)} | ${rule.what} |`,
    );
    return [`## ${title}`, "", "| rule | severity | finds |", "| --- | --- | --- |", ...rows].join(
      "\n",
    );
  });
  return `# Rules

What \`okd-streams validate\` and the check \`okd-streams / validate\` look for. An error fails the validation; a
warning or a notice does not. The severity of a rule can be set to \`off\`, \`warn\` or \`error\` under \`rules\` in
\`.github/okd-streams.yml\`, except where it says "always".

These pages are made from the tables of rules in \`src/streams/rules\`; \`npm run docs\` writes them anew.

${sections.join("\n\n")}
`;
}

function renderRule(id: string, rule: Rule): string {
  const { what, why, mend, example } = rule;
  return `# ${id}

${what}

${why}

**To mend it:** ${mend}

## Wrong

${renderSide(example, "wrong")}

${renderFinding(id, example)}

## Right

${renderSide(example, "right")}

## Severity

${renderSeverity(id, rule)}

[All rules](README.md)
`;
}

function renderSide(example: Example, side: Side): string {
  if (example.of !== "files") return fence("yaml", example[side]);
  return Object.entries(example[side])
    .map(([path, file]) => `\`${path}\`${renderFile(file)}`)
    .join("\n\n");
}

function renderFile(file: ExampleFile): string {
  if (typeof file === "string") return `:\n\n${fence("yaml", file)}`;
  return ` is a symbolic link to \`${file.symlink}\`.`;
}

/** What the validation says of the wrong side, with the line that it points at. */
function renderFinding(id: string, example: Example): string {
  const finding = runExample(id, example, "wrong").find(({ rule }) => rule === id);
  if (finding === undefined) throw new Error(`The example of ${id} gives no finding of it.`);
  const { severity, file, message, help } = finding;
  const text = exampleFiles(example, "wrong")[file];
  const frame = typeof text === "string" ? codeFrame(finding, text) : [];
  return fence("text", [`${severity}: ${message}`, ...frame, `help: ${help}`].join("\n"));
}

function codeFrame({ line, column, endLine, endColumn }: Finding, text: string): string[] {
  const code = text.split("\n")[line - 1] ?? "";
  if (code === "" || column > widestLine) return [];
  const end = Math.min(endLine === line ? endColumn : code.length + 1, widestLine);
  return [code, " ".repeat(column - 1) + "^".repeat(Math.max(1, end - column))].map(
    (shown) => `  | ${shown}`,
  );
}

function fence(language: string, text: string): string {
  const lines = text.trimEnd().split("\n").map(visible);
  return ["```" + language, ...lines, "```"].join("\n");
}

/** Control characters as Unicode pictures them, and long lines cut. */
function visible(line: string): string {
  const shown = line.replace(/\p{Cc}/gu, (character) =>
    String.fromCodePoint(0x2400 + (character.codePointAt(0) ?? 0)),
  );
  return shown.length > widestLine ? `${shown.slice(0, widestLine)}…` : shown;
}

function renderSeverity(id: string, rule: Rule): string {
  if (rule.fixed === true) {
    return `${rule.severity}, always: neither the settings nor a comment can change it.`;
  }
  const asked = rule.severity === "off" ? "warn" : "off";
  return `${rule.severity}. \`.github/okd-streams.yml\` can set it to \`off\`, \`warn\` or \`error\`:

${fence("yaml", `rules:\n  ${id}: ${asked}`)}

A comment on the line of a finding, or directly above, silences it there:

${fence("yaml", `# okd-streams-ignore ${id}: why it does not matter here`)}`;
}

function severityOf({ severity, fixed }: Rule): string {
  return fixed === true ? `${severity}, always` : severity;
}
