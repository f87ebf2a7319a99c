import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { packageRoot } from "../package-root.ts";

export const demoRepository = {
  owner: "okd-project",
  name: "streams",
  description: "OKD's streams and release channels",
  defaultBranch: "main",
} as const;

/** The files of the streams repository, by path: what an adopter has, and nothing of the bot. They are this package's own. */
export function repositoryFiles(): Record<string, string> {
  const paths = [
    ...filesBelow("streams"),
    ...filesBelow("tekton"),
    ...filesBelow(".github/ISSUE_TEMPLATE"),
    ".github/okd-streams.yml",
  ];
  return {
    "README.md": "# OKD streams\n\nThe streams and release channels of OKD, as files.\n",
    ...Object.fromEntries(
      paths.map((path) => [path, readFileSync(join(packageRoot, path), "utf8")]),
    ),
  };
}

/** The files with the EventListener, TriggerBindings and TriggerTemplates that a cluster gets. */
export function triggerManifests(): string[] {
  return filesBelow("tekton/triggers").map((path) => join(packageRoot, path));
}

function filesBelow(directory: string): string[] {
  return readdirSync(join(packageRoot, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(packageRoot, join(entry.parentPath, entry.name)))
    .sort();
}
