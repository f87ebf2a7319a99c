import type { Checkable } from "./checks/checkable.ts";
import { checkNames } from "./checks/check-names.ts";
import { checkStream, sharedSurroundings } from "./checks/check-stream.ts";
import { checks } from "./checks/checks.ts";
import type { FetchedFiles } from "./elsewhere/fetched-file.ts";
import { readElsewhere } from "./elsewhere/read-elsewhere.ts";
import { filesElsewhere } from "./elsewhere/files-elsewhere.ts";
import { readRepository } from "./reading/read-repository.ts";
import type { ParsedValues } from "./reading/read-repository.ts";
import type { RepositoryFile, Sourced, StreamsRepository } from "./repository.ts";
import { toFindings } from "./findings/to-findings.ts";
import { applySilences } from "./silencing/apply-silences.ts";
import { toSilencedFindings } from "./silencing/to-silenced-findings.ts";
import type { Metadata, StreamsSettings } from "./types.ts";

export interface ValidateOptions {
  /** Schedules and freezes are judged from here. */
  readonly now: Date;
  /** The default branch's settings, which decide severities; those among the files where absent. */
  readonly settings?: StreamsSettings;
  readonly values?: ParsedValues;
  /**
   * Paths of streams that the rules about one stream are known to say nothing of: their files, tekton/, the settings and
   * these options were the same when they were checked.
   */
  readonly faultless?: ReadonlySet<string>;
  /** What became of files elsewhere that pipelines and tasks stand in; without it they are not verified. */
  readonly elsewhere?: FetchedFiles;
}

const defaultSettings: StreamsSettings = {
  apiVersion: "streams.okd.io/v1alpha1",
  kind: "StreamsSettings",
};

/** What the files of a streams repository say, and every mistake in them; never throws, whatever the files hold. */
export function validateRepository(
  files: Iterable<RepositoryFile>,
  options: ValidateOptions,
): StreamsRepository {
  const read = readRepository(files, options.values);
  const settings = read.settings.valid[0]?.value ?? defaultSettings;
  const severities = options.settings ?? settings;
  const { pipelines, tasks } = read;
  const around = sharedSurroundings({
    pipelines,
    tasks,
    tektonPaths: read.tektonPaths,
    elsewhere: readElsewhere(options.elsewhere ?? new Map()),
    now: options.now,
  });
  const streams = byName(read.streams.valid);
  const { valid, checkable: readable } = read.streams;
  const checkable: Checkable = {
    ...around,
    files: read.files,
    // Mostly all are valid, and there are many.
    streams: valid.length === readable.length ? streams : byName(readable),
    channels: byName(read.channels.checkable),
    channelReleases: byName(read.channelReleases.checkable),
    settings,
    severities: severities.rules ?? {},
    settingsFile: read.settings.checkable[0],
    streamNames: read.streamNames,
    channelNames: read.channelNames,
    tektonDocuments: read.tektonDocuments,
  };
  const mistakes = [
    ...read.mistakes,
    ...checkNames(read),
    ...[...checkable.streams.values()].flatMap((stream) =>
      options.faultless?.has(stream.path) === true ? [] : checkStream(stream, around),
    ),
    ...checks.flatMap((check) => check(checkable)),
  ].filter(({ isConsequence }) => isConsequence !== true);
  const { mistakes: left, silenced } = applySilences(mistakes, read.silences);
  return {
    streams,
    channels: byName(read.channels.valid),
    channelReleases: byName(read.channelReleases.valid),
    settings,
    pipelines,
    tasks,
    tektonDocuments: read.tektonDocuments,
    files: read.files,
    elsewhere: filesElsewhere(checkable),
    findings: toFindings(left, severities),
    silenced: toSilencedFindings(silenced, severities),
  };
}

/** The first of a name counts. */
function byName<T extends { readonly metadata: Metadata }>(
  objects: readonly Sourced<T>[],
): Map<string, Sourced<T>> {
  const named = new Map<string, Sourced<T>>();
  for (const object of objects) {
    const { name } = object.value.metadata;
    if (!named.has(name)) named.set(name, object);
  }
  return named;
}
