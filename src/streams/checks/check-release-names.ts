import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { variablesIn } from "../runs/known-variables.ts";
import { releaseName } from "../runs/release-name.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

export const templatePath = ["spec", "release", "nameTemplate"] as const;

/** A tag of an image, which is what a release's name becomes. */
const imageTag = /^\w[\w.-]{0,127}$/;

/** Templates that give no usable name, or every build the same. */
export function checkReleaseNames({ source, value }: Sourced<Stream>): Mistake[] {
  const name = sampleReleaseName(value);
  if (name === undefined) return [];
  const { nameTemplate } = value.spec.release;
  if (!imageTag.test(name)) {
    const long = name.length > 128;
    return [
      mistakeAt(source, "release-name-invalid", templatePath, "value", {
        message: `${quoted(name)}, such a name, is no tag of an image: ${long ? `it has ${name.length} characters, and a tag at most 128` : "a tag has letters, digits, `.`, `_` and `-` only, and begins with no dot or dash"}.`,
        help: long
          ? "Shorten the template; `$(run.id)` alone has 64 characters."
          : "Correct the template; the values of several architectures, for one, are separated by spaces.",
      }),
    ];
  }
  const used = variablesIn(nameTemplate);
  if (used.includes("run.time") || used.includes("run.id")) return [];
  const ofCommit = used.includes("run.commit");
  return [
    mistakeAt(source, "release-name-repeats", templatePath, "value", {
      message: `Every build${ofCommit ? " of one commit" : ""} would have the same name${ofCommit ? "" : `, ${quoted(name)}`}.`,
      help: "Add `$(run.time)`, the time of the request, or `$(run.id)`.",
    }),
  ];
}

/** A name as the template gives it; undefined where it uses values that nobody knows, which is a mistake of its own. */
export function sampleReleaseName(stream: Stream): string | undefined {
  const run = { id: "a".repeat(64), commit: "a".repeat(40), time: new Date(0) };
  const name = releaseName(stream, run);
  return name.ok ? name.value : undefined;
}
