import { replacePiece } from "../../yaml/node-fix.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Checkable } from "./checkable.ts";
import { knownVariables, nameTemplateVariables, variablesIn } from "../runs/known-variables.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { usesOfChannel, usesOfStream } from "./pipeline-uses.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Stream } from "../types.ts";

const templatePath = ["spec", "release", "nameTemplate"];

/** `$(…)` in a stream's params and name template with names that nobody fills in. */
export function checkStreamVariables(stream: Sourced<Stream>): Mistake[] {
  const { nameTemplate } = stream.value.spec.release;
  return [
    ...usesOfStream(stream).flatMap(unknownInParams),
    ...unknownIn(stream.source, templatePath, nameTemplate, nameTemplateVariables),
  ];
}

/** The same in the params of channels. */
export function checkChannelVariables({ channels }: Checkable): Mistake[] {
  return [...channels.values()].flatMap(usesOfChannel).flatMap(unknownInParams);
}

function unknownInParams(site: PipelineUseSite): Mistake[] {
  return Object.entries(site.use.params ?? {}).flatMap(([name, value]) =>
    unknownIn(site.source, [...site.at, "params", name], value, knownVariables(site)),
  );
}

function unknownIn(
  source: SourceDocument,
  path: NodePath,
  text: string,
  known: readonly string[],
): Mistake[] {
  return variablesIn(text)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearestName(name, known);
      return mistakeAt(source, "variable-unknown", path, "value", {
        piece: `$(${name})`,
        message: `${quoted(`$(${name})`)} is not known here.`,
        help: helpFor(name, known),
        ...(meant !== undefined && { fix: replacePiece(path, `$(${name})`, `$(${meant})`) }),
      });
    });
}

const ofTekton = /^(?:params|context|tasks|workspaces|results|steps|inputs|outputs|tt|body)\./;

function helpFor(name: string, known: readonly string[]): string {
  if (nearestName(name, known) === undefined && ofTekton.test(name)) {
    return `That is Tekton's, known within a pipeline only. Known here are ${known.join(", ")}.`;
  }
  const [, upstream] = /^upstream\.([^.]+)\./.exec(name) ?? [];
  if (upstream !== undefined && !known.some((other) => other.startsWith(`upstream.${upstream}.`))) {
    return `A build has \`$(upstream.NAME.pullSpec)\` and \`$(upstream.NAME.digest)\` of the streams that it follows: add ${quoted(upstream)} to \`triggers.afterStreams\`.`;
  }
  return suggestName(name, known, "known name");
}
