import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

const revisionParam = /(?:^|-)(?:branch|ref|revision|commit)$/;
const startingImageParam =
  /(?:^|-)(?:base|builder|from|initial|input|parent|source)-(?:.*-)?image(?:-|$)/;

/** Branches and images that change without a review, as far as the settings ask for it. */
export function checkUnpinned({ streams, severities }: Checkable): Mistake[] {
  const asked = (rule: string): boolean => (severities[rule] ?? "off") !== "off";
  const revisions = asked("revision-unpinned");
  const images = asked("image-unpinned");
  if (!revisions && !images) return [];
  return [...streams.values()].flatMap((stream) =>
    Object.entries(stream.value.spec.build.params ?? {}).flatMap(([name, value]) => {
      // What the bot fills in is the reviewed commit, or a release with its digest.
      if (value === "" || value.includes("$(")) return [];
      if (revisions && revisionParam.test(name)) return unpinnedRevision(stream, name, value);
      return images && startingImageParam.test(name) ? unpinnedImage(stream, name, value) : [];
    }),
  );
}

function unpinnedRevision({ source }: Sourced<Stream>, name: string, value: string): Mistake[] {
  if (/^[0-9a-f]{40}$/.test(value)) return [];
  return [
    mistakeAt(source, "revision-unpinned", paramPath(name), "value", {
      message: `${quoted(value)} is no full commit: what is built changes without a review.`,
      help: "Write the commit, 40 hexadecimal digits, and move on by pull requests.",
    }),
  ];
}

function unpinnedImage({ source }: Sourced<Stream>, name: string, value: string): Mistake[] {
  if (/@sha256:[0-9a-f]{64}$/.test(value)) return [];
  return [
    mistakeAt(source, "image-unpinned", paramPath(name), "value", {
      message: `${quoted(value)} has no digest: what the build starts from changes without a review.`,
      help: "Write REPOSITORY@sha256:DIGEST, and move on by pull requests.",
    }),
  ];
}

function paramPath(name: string): readonly string[] {
  return ["spec", "build", "params", name];
}
