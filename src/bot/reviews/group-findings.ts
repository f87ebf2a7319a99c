import type { Finding, Severity } from "../../streams/findings/finding.ts";
import { placeOf } from "../../streams/place-of.ts";

/** The findings of one stream, channel or file, in the order of severity and then of the file. */
export interface FindingGroup {
  readonly file: string;
  /** Such as `Stream`, with its name. */
  readonly kind: "Stream" | "Channel" | "File";
  readonly name: string;
  /** Streams that use the file, where it is one of Tekton's. */
  readonly usedBy: readonly string[];
  readonly findings: readonly Finding[];
}

const severities: readonly Severity[] = ["error", "warning", "notice"];

/** Findings by what they are about, what has the most severe first. */
export function groupFindings(
  findings: readonly Finding[],
  streamsByFile: ReadonlyMap<string, readonly string[]>,
): readonly FindingGroup[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const own = byFile.get(finding.file);
    if (own === undefined) byFile.set(finding.file, [finding]);
    else own.push(finding);
  }
  return [...byFile]
    .map(([file, own]): FindingGroup => {
      const usedBy = streamsByFile.get(file) ?? [];
      return { file, ...subjectOf(file), usedBy, findings: bySeverity(own) };
    })
    .sort((a, b) => worst(a) - worst(b));
}

/** The most severe first, and else as they were. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

function subjectOf(file: string): Pick<FindingGroup, "kind" | "name"> {
  const place = placeOf(file);
  if (place.kind === "stream") return { kind: "Stream", name: place.name };
  if (place.kind === "channel" || place.kind === "channelRelease")
    return { kind: "Channel", name: place.name };
  return { kind: "File", name: file };
}

function worst({ findings }: FindingGroup): number {
  return Math.min(...findings.map(rank));
}

function rank({ severity }: Finding): number {
  return severities.indexOf(severity);
}
