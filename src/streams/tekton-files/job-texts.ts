import type { NodePath } from "../../yaml/types.ts";
import { valueAt } from "../json.ts";
import { containers } from "./kubernetes-schemas.ts";
import type { Container } from "./kubernetes-schemas.ts";

/** A piece of what a container runs: a script, or a command with its arguments in one line. */
export interface JobText {
  readonly text: string;
  /** Of the script, or of the command. */
  readonly at: NodePath;
}

const podSpecs: Readonly<Record<string, NodePath>> = {
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec", "containers"],
  Job: ["spec", "template", "spec", "containers"],
};

/** The containers of a CronJob or a Job with their places; none for anything else, and where they can't be read. */
export function jobContainers(
  object: Readonly<Record<string, unknown>>,
): readonly { readonly container: Container; readonly at: NodePath }[] {
  const kind = object["kind"];
  const at = typeof kind === "string" ? podSpecs[kind] : undefined;
  if (at === undefined) return [];
  const read = containers.safeParse(valueAt(object, at));
  if (!read.success) return [];
  return read.data.map((container, index) => ({ container, at: [...at, index] }));
}

/** What the containers of a CronJob or a Job run. */
export function jobTexts(object: Readonly<Record<string, unknown>>): JobText[] {
  return jobContainers(object).flatMap(({ container: { command = [], args = [] }, at }) => {
    const scripts = [
      ...command.map((text, index) => ({ text, at: [...at, "command", index] })),
      ...args.map((text, index) => ({ text, at: [...at, "args", index] })),
    ].filter(({ text }) => /\s/.test(text.trim()) && /\bcurl\b/.test(text));
    if (scripts.length > 0 || command.length === 0) return scripts;
    return [{ text: [...command, ...args].join(" "), at: [...at, "command", 0] }];
  });
}
