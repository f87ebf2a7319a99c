import type { SourceDocument } from "../../yaml/types.ts";
import { mistakeAt } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";
import { valueAt } from "../json.ts";
import { placeOf } from "../place-of.ts";
import type { Place } from "../place-of.ts";

interface Kind {
  /** Where such a document is read. */
  readonly place: Place["kind"];
  pathOf(name: string): string;
}

const ours: Readonly<Record<string, Kind>> = {
  Stream: { place: "stream", pathOf: (name) => `streams/${name}.yaml` },
  Channel: { place: "channel", pathOf: (name) => `streams/channels/${name}/channel.yaml` },
  ChannelRelease: {
    place: "channelRelease",
    pathOf: (name) => `streams/channels/${name}/release.yaml`,
  },
  StreamsSettings: { place: "settings", pathOf: () => ".github/okd-streams.yml" },
};

/** Where a document belongs that says of itself what it is; undefined where that is not known, or is there. */
export function betterPlace(path: string, { value }: SourceDocument): string | undefined {
  const kind = kindOf(value);
  const place = placeOf(path).kind;
  if (kind === undefined || kind.place === place) return undefined;
  const name = valueAt(value, ["metadata", "name"]);
  const isName = typeof name === "string" && /^[a-z0-9.-]{1,63}$/.test(name);
  return kind.pathOf(isName ? name : "NAME");
}

function kindOf(value: unknown): Kind | undefined {
  const apiVersion = valueAt(value, ["apiVersion"]);
  const kind = valueAt(value, ["kind"]);
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  if (apiVersion.startsWith("streams.okd.io/")) {
    return Object.hasOwn(ours, kind) ? ours[kind] : undefined;
  }
  if (!apiVersion.startsWith("tekton.dev/")) return undefined;
  return { place: "tekton", pathOf: (name) => `tekton/${kind.toLowerCase()}s/${name}.yaml` };
}

/** A document that stands where another kind is read; what else it lacks there is no mistake of its own. */
export function misplacedDocument(path: string, source: SourceDocument): Mistake | undefined {
  const better = betterPlace(path, source);
  if (better === undefined) return undefined;
  return mistakeAt(source, "file-misplaced", ["kind"], "value", {
    message: `Nothing reads a ${String(valueAt(source.value, ["kind"]))} at this place.`,
    help: `Move the file to ${better}.`,
  });
}
