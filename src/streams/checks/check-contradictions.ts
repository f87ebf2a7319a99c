import type { NodePath } from "../../yaml/types.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

/** A place of a stream that says which version or operating system it is for. */
interface Witness {
  readonly path: NodePath;
  /** What stands there. */
  readonly text: string;
  readonly says: string;
}

/**
 * Params that say what is built. What a build starts from (`initial-image`, `base-version`) may well be older, and is
 * not among them.
 */
const startingParam = /(?:^|[-_])(?:base|builder|from|initial|previous|upgrade|min|max)(?:[-_]|$)/i;
const tellingParam = /branch|ref|version|tag|claim-?name|result-image|image-name/i;
const imageParam = /variant|tag|result-image|image-name|image-repository/i;

/** Versions, branches and operating systems of one stream that contradict each other. */
export function checkContradictions(stream: Sourced<Stream>): Mistake[] {
  return [...checkVersion(stream), ...checkOperatingSystem(stream)];
}

function checkVersion(stream: Sourced<Stream>): Mistake[] {
  const { source, value } = stream;
  if (source.isGuess?.(["spec", "version"])) return [];
  const { version } = value.spec;
  const [major = "", minor = ""] = version.split(".");
  const wanted = `${major}.${minor}`;
  const witnesses = versionWitnesses(stream, major);
  const against = witnesses.filter(({ says }) => says !== wanted);
  const [first, ...others] = against;
  if (first === undefined) return [];
  const together = others.every(({ says }) => says === first.says);
  if (others.length > 0 && together && against.length === witnesses.length) {
    return [
      mistakeAt(source, "version-contradicts", ["spec", "version"], "value", {
        message: `The version is ${quoted(version)}, and everything else here says ${first.says}: ${against.map(({ text }) => quoted(text)).join(", ")}.`,
        help: `Write "${first.says}", or correct the others.`,
      }),
    ];
  }
  return against.map(({ path, text, says }) =>
    mistakeAt(source, "version-contradicts", path, "value", {
      message: `${quoted(text)} is of ${says}, and the stream is of ${quoted(version)}.`,
      help: `Correct one of the two${isParam(path) ? "; `$(stream.version)` follows the stream by itself" : ""}.`,
    }),
  );
}

/** The places that name exactly one minor version of the stream's major version. */
function versionWitnesses({ value }: Sourced<Stream>, major: string): Witness[] {
  const inText = new RegExp(`(?<![\\d.])${major}\\.(\\d{1,3})(?!\\d)`, "g");
  const inName = new RegExp(`(?<![^-])${major}-(\\d{1,3})(?![^-])`, "g");
  const named = { path: ["metadata", "name"], text: value.metadata.name };
  const texts = [
    { path: ["spec", "title"], text: value.spec.title },
    ...outputs(value, tellingParam, (text) => text.includes(`${major}.`)),
  ];
  return [
    ...witness(named, inName, major),
    ...texts.flatMap((place) => witness(place, inText, major)),
  ];
}

function witness(place: Omit<Witness, "says">, pattern: RegExp, major: string): Witness[] {
  const minors = new Set([...place.text.matchAll(pattern)].map(([, minor = ""]) => minor));
  const [minor] = minors;
  return minor === undefined || minors.size > 1 ? [] : [{ ...place, says: `${major}.${minor}` }];
}

const systems = {
  scos: /(?<![a-z])(?:scos|centos-stream-coreos)(?![a-z])/,
  fcos: /(?<![a-z])(?:fcos|fedora-coreos)(?![a-z])/,
} as const;

function checkOperatingSystem({ source, value }: Sourced<Stream>): Mistake[] {
  if (source.isGuess?.(["spec", "operatingSystem"])) return [];
  const { operatingSystem } = value.spec;
  const other = operatingSystem === "scos" ? "fcos" : "scos";
  const named = { path: ["metadata", "name"], text: value.metadata.name };
  const saysOther = (text: string): boolean =>
    systems[other].test(text) && !systems[operatingSystem].test(text);
  const places = [named, ...outputs(value, imageParam, saysOther)];
  return places
    .filter(({ text }) => saysOther(text))
    .map(({ path, text }) =>
      mistakeAt(source, "operating-system-contradicts", path, "value", {
        message: `${quoted(text)} is of ${other}, and the stream's operating system is ${operatingSystem}.`,
        help: "Correct one of the two.",
      }),
    );
}

/** What a build makes and from which sources, as far as names of params tell; of the params those that may say something. */
function outputs(
  { spec }: Stream,
  param: RegExp,
  maySay: (text: string) => boolean,
): Omit<Witness, "says">[] {
  const { build, release } = spec;
  const params = Object.entries(build.params ?? {}).flatMap(([name, text]) =>
    maySay(text) && param.test(name) && !startingParam.test(name)
      ? [{ path: ["spec", "build", "params", name], text }]
      : [],
  );
  const claims = Object.entries(build.workspaces ?? {}).flatMap(([name, from]) => {
    if (!("persistentVolumeClaim" in from)) return [];
    const path = ["spec", "build", "workspaces", name, "persistentVolumeClaim", "claimName"];
    return [{ path, text: from.persistentVolumeClaim.claimName }];
  });
  const template = { path: ["spec", "release", "nameTemplate"], text: release.nameTemplate };
  const image =
    "image" in release.from
      ? [{ path: ["spec", "release", "from", "image"], text: release.from.image }]
      : [];
  return [...params, ...claims, template, ...image];
}

function isParam(path: NodePath): boolean {
  return path[2] === "params";
}
