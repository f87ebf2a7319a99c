import type { PipelineUseSite } from "../checks/pipeline-uses.ts";

const ofStream = [
  "stream.name",
  "stream.version",
  "stream.operatingSystem",
  "stream.architectures",
];
const ofRun = ["run.id", "run.commit", "run.time"];
const ofRelease = ["release.name", "release.pullSpec", "release.digest"];

/** Names that a release's name template may use in `$(…)`. */
export const nameTemplateVariables: readonly string[] = [...ofStream, ...ofRun];

/** Names that the values of a use of a pipeline may use in `$(…)`. */
export function knownVariables({
  kind,
  upstream,
}: Pick<PipelineUseSite, "kind" | "upstream">): string[] {
  const ofUpstream = upstream.flatMap((name) => [
    `upstream.${name}.pullSpec`,
    `upstream.${name}.digest`,
  ]);
  const more = {
    build: ofUpstream,
    verify: ofRelease,
    publish: [...ofRelease, "channel.name"],
  } as const;
  return [...ofStream, ...ofRun, ...more[kind]];
}

/** The names in the `$(…)` of a text, in order. */
export function variablesIn(text: string): string[] {
  if (!text.includes("$(")) return [];
  return [...text.matchAll(/\$\(([^()]*)\)/g)].map(([, name = ""]) => name);
}
