import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ProblemError } from "../problem.ts";
import { placeOf } from "../streams/place-of.ts";

/** A streams repository, and the part of it that a person named. */
export interface NamedPart {
  readonly root: string;
  /** Path from the root with `/`; empty for the whole repository. */
  readonly part: string;
}

const marks = ["streams", "tekton", ".github/okd-streams.yml"];

/** The streams repository around a path; a ProblemError where there is no such path or no repository. */
export function findRepositoryRoot(path: string): NamedPart {
  const found = findRepository(path);
  if (found !== undefined) return found;
  throw new ProblemError({
    kind: "not-found",
    what: `${JSON.stringify(path)} is no part of a streams repository.`,
    next: "A streams repository has the folder streams/ or tekton/.",
  });
}

/** The same, undefined where there is no repository around the path. */
export function findRepository(path: string): NamedPart | undefined {
  const named = resolve(path);
  if (!existsSync(named)) {
    throw new ProblemError({
      kind: "not-found",
      what: `There is no ${JSON.stringify(path)}.`,
      next: "Name a streams repository, or a folder or a file of one.",
    });
  }
  const start = statSync(named).isDirectory() ? named : dirname(named);
  for (let root = start; ; root = dirname(root)) {
    if (isRoot(root, named)) {
      return { root, part: relative(root, named).split(sep).join("/") };
    }
    if (root === dirname(root)) return undefined;
  }
}

function isRoot(root: string, named: string): boolean {
  if (!marks.some((mark) => existsSync(join(root, mark)))) return false;
  if (root === named || statSync(named).isDirectory()) return true;
  const path = relative(root, named).split(sep).join("/");
  return placeOf(path).kind !== "misplaced";
}
