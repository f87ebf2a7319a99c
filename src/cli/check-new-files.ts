import colours from "picocolors";
import { ProblemError } from "../problem.ts";
import { newFindings } from "../streams/findings/new-findings.ts";
import { renderFindingsText } from "../streams/findings/render-findings-text.ts";
import { watchedPaths } from "../streams/repository.ts";
import type { RepositoryFile, StreamsRepository } from "../streams/repository.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";
import { validateRepository } from "../streams/validate-repository.ts";

/**
 * The repository with new files; what these bring is told on stderr, and a ProblemError is thrown where that is an
 * error: nobody wants to begin with a file that is wrong.
 */
export function checkNewFiles(
  existing: readonly RepositoryFile[],
  added: readonly ScaffoldFile[],
): StreamsRepository {
  const now = new Date();
  const known = validateRepository(existing, { now });
  const repository = validateRepository(
    [...existing, ...added.filter(isWatched).map(repositoryFile)],
    {
      now,
    },
  );
  const brought = newFindings(known.findings, repository.findings);
  if (brought.length > 0) {
    const textOf = (file: string) => added.find(({ path }) => path === file)?.text;
    const painted = colours.createColors(process.stderr.isTTY ? colours.isColorSupported : false);
    process.stderr.write(`${renderFindingsText(brought, textOf, painted)}\n`);
  }
  if (brought.some(({ severity }) => severity === "error")) {
    throw new ProblemError({
      kind: "invalid",
      what: "With these answers the repository would not be valid, and nothing was written.",
      next: "Correct what is said above.",
    });
  }
  return repository;
}

function isWatched({ path }: ScaffoldFile): boolean {
  return watchedPaths.some((watched) => path === watched || path.startsWith(`${watched}/`));
}

function repositoryFile({ path, text }: ScaffoldFile): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}
