import * as z from "zod";
import type { NodePath } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { jobTexts } from "../../tekton-files/job-texts.ts";
import { commandsOf } from "../../tekton-files/commands-of.ts";
import { taskSpecs } from "../../tekton-files/task-specs.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import type { SourceDocument } from "../../../yaml/types.ts";
import type { EnvVar } from "../../../tekton/types.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { uncheckedTransfers } from "./unchecked-transfers.ts";

/** The script of a step, and where it stands. */
interface PlacedScript {
  readonly source: SourceDocument;
  readonly at: NodePath;
  readonly script: string;
  readonly commands: readonly string[];
  readonly env: readonly EnvVar[];
}

/** What scripts of steps pass over in silence: errors, refusals of servers, secrets that get about, runs that are gone. */
export function checkScripts(objects: TektonObjects): Mistake[] {
  return [
    ...scriptsIn(objects).flatMap((script) => [
      ...checkErrors(script),
      ...checkTransfers(script),
      ...checkAddresses(script),
      ...checkDeletions(script),
    ]),
    ...objects.documents.flatMap(({ source, value }) =>
      jobTexts(value).flatMap(({ text, at }) => checkTransfers({ source, at, script: text })),
    ),
  ];
}

function scriptsIn(objects: TektonObjects): PlacedScript[] {
  return taskSpecs(objects).flatMap(({ source, at, spec }) =>
    spec.steps.flatMap(({ script = "", env = [] }, index) => {
      if (script === "") return [];
      const commands = commandsOf(script);
      return [{ source, at: [...at, "steps", index, "script"], script, commands, env }];
    }),
  );
}

const shell = /^#!\s*(?:\S*\/)?(?:env\s+)?(?:ba|da|k|z)?sh\b(.*)$/;
const stopsAtErrors = /^set\s+(?:-\w+\s+)*-(?:\w*e|o\s+errexit)/;
const writtenResult = /\$\((?:step\.)?results\.([\w-]+)\.path\)/;

/** Tekton stops a script at an error only where the script does not name its own shell. */
function checkErrors({ source, at, script, commands }: PlacedScript): Mistake[] {
  const [first = ""] = script.split("\n");
  const [, options] = shell.exec(first) ?? [];
  const result = commands.flatMap((command) => writtenResult.exec(command)?.[1] ?? [])[0];
  if (options === undefined || result === undefined || commands.length < 2) return [];
  if (/\s-\w*e/.test(options) || commands.some((command) => stopsAtErrors.test(command))) return [];
  return [
    mistakeAt(source, "script-errors-ignored", at, "value", {
      piece: commands.find((command) => command.startsWith("set ")) ?? first,
      message: `The script goes on after an error: the result ${quoted(result)} is written whatever failed before.`,
      help: "Write `set -e` at its beginning, in bash `set -euo pipefail`.",
    }),
  ];
}

function checkTransfers({
  source,
  at,
  script,
}: Pick<PlacedScript, "source" | "at" | "script">): Mistake[] {
  const [first, ...more] = uncheckedTransfers(script);
  if (first === undefined) return [];
  return [
    mistakeAt(source, "curl-unchecked", at, "value", {
      piece: first,
      message: `curl succeeds here even where the server answers with an error${more.length === 0 ? "" : `, and so it does ${more.length === 1 ? "once" : `${more.length} times`} more in this script`}.`,
      help: "Add `--fail`.",
    }),
  ];
}

const secretSource = z.looseObject({ secretKeyRef: z.looseObject({}) });

function checkAddresses({ source, at, commands, env }: PlacedScript): Mistake[] {
  const secrets = env.filter(({ valueFrom }) => secretSource.safeParse(valueFrom).success);
  return secrets.flatMap(({ name }) => {
    if (!/^\w+$/.test(name)) return [];
    const use = new RegExp(`(?:https?://[^\\s"']*)(\\$(?:\\{${name}\\}|${name}(?!\\w)))`);
    const shown = commands.flatMap((command) => use.exec(command)?.[1] ?? [])[0];
    if (shown === undefined) return [];
    return [
      mistakeAt(source, "secret-in-address", at, "value", {
        piece: shown,
        message: `The secret in ${shown} is a part of an address, which servers and proxies write to their logs.`,
        help: `Send it in a header, such as \`-H "Authorization: Bearer ${shown}"\`.`,
      }),
    ];
  });
}

const deletion =
  /\b(?:tkn\s+(?:pr|pipelineruns?|tr|taskruns?)\s+(?:delete|rm)\b|(?:oc|kubectl)\s+delete\s+(?:pr|pipelineruns?|tr|taskruns?)\b)[^|;&\n]*?\s(?:--all(?![\w-])|--keep[= ]0\b)/;

function checkDeletions({ source, at, commands }: PlacedScript): Mistake[] {
  const found = commands.flatMap((command) => deletion.exec(command)?.[0] ?? [])[0];
  if (found === undefined) return [];
  return [
    mistakeAt(source, "history-deleted", at, "value", {
      piece: found,
      message: "This deletes every run, with its logs and its results.",
      help: "Keep the newest, such as `--keep 50`, or those of the last days with `--keep-since`.",
    }),
  ];
}
