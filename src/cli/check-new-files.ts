import colours from "picocolors";
import { ProblemError } from "../problem.ts";
import { newFindings } from "../streams/findings/new-findings.ts";
import { renderFindingsText } from "../streams/findings/render-findings-text.ts";
import { watchedPaths } from "../streams/repository.ts";
import type { RepositoryFile, StreamsRepository } from "../streams/repository.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";
import { validateRepository } from "../streams/validate-repository.ts";

/** A repository with new files, and whether these bring no error. */
export interface WithNewFiles {
  readonly repository: StreamsRepository;
  readonly valid: boolean;
}

/** What the repository is with new files; what these bring is told on stderr. */
export function tellNewFiles(
  existing: readonly RepositoryFile[],
  added: readonly ScaffoldFile[],
): WithNewFiles {
  const now = new Date();
  const known = validateRepository(existing, { now });
  const files = [...existing, ...added.filter(isWatched).map(repositoryFile)];
  const repository = validateRepository(files, { now });
  const brought = newFindings(known.findings, repository.findings);
  if (brought.length > 0) {
    const textOf = (file: string) => added.find(({ path }) => path === file)?.text;
    const painted = colours.createColors(process.stderr.isTTY ? colours.isColorSupported : false);
    process.stderr.write(`${renderFindingsText(brought, textOf, painted)}\n`);
  }
  return { repository, valid: brought.every(({ severity }) => severity !== "error") };
}

/** The same; a ProblemError where the new files bring an error, for nobody wants to begin with one. */
export function checkNewFiles(
  existing: readonly RepositoryFile[],
  added: readonly ScaffoldFile[],
): StreamsRepository {
  const { repository, valid } = tellNewFiles(existing, added);
  if (!valid) throw notWritten();
  return repository;
}

/** For new files that are not written because of what was told. */
export function notWritten(): ProblemError {
  return new ProblemError({
    kind: "invalid",
    what: "With these answers the repository would not be valid, and nothing was written.",
    next: "Correct what is said above.",
  });
}

function isWatched({ path }: ScaffoldFile): boolean {
  return watchedPaths.some((watched) => path === watched || path.startsWith(`${watched}/`));
}

function repositoryFile({ path, text }: ScaffoldFile): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}
