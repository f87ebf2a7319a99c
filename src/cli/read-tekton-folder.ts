import { readdirSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../problem.ts";
import type { RepositoryFile } from "../streams/repository.ts";
import { isYamlFile } from "../streams/yaml-file.ts";
import { readRegularFile } from "./read-working-tree.ts";

const skipped = new Set([".git", "node_modules"]);
/** More is somebody's home or disk, and no set of Tekton files. */
const maximumFiles = 50_000;

/**
 * The files below a folder, YAML with content. Links are not followed; templates of a Helm chart are left out, for they
 * are no YAML before Helm has filled them in.
 */
export function readTektonFolder(root: string): RepositoryFile[] {
  const files: RepositoryFile[] = [];
  addFolder(root, "", files);
  if (files.some(({ path }) => isYamlFile(path))) return files;
  throw new ProblemError({
    kind: "not-found",
    what: `There is no YAML file below ${JSON.stringify(root)}.`,
    next: "Name a streams repository, or a folder or a file with Tekton objects.",
  });
}

function addFolder(root: string, folder: string, files: RepositoryFile[]): void {
  const entries = entriesOf(join(root, folder));
  const isChart = entries.some(({ name }) => name === "Chart.yaml");
  for (const entry of entries) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) files.push(fileAt(root, path));
    if (files.length > maximumFiles) throw tooMany(root);
    if (!entry.isDirectory() || skipped.has(entry.name)) continue;
    if (!isChart || entry.name !== "templates") addFolder(root, path, files);
  }
}

/** Nothing, where the folder is not ours to read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileAt(root: string, path: string): RepositoryFile {
  return isYamlFile(path) ? readRegularFile(root, path) : { path, mode: "file", size: 0 };
}

function tooMany(root: string): ProblemError {
  return new ProblemError({
    kind: "refused",
    what: `There are more than ${maximumFiles} files below ${JSON.stringify(root)}.`,
    next: "Name the folder with the Tekton files.",
  });
}
