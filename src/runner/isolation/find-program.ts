import { existsSync } from "node:fs";
import { join } from "node:path";
import { searchPath } from "./types.ts";

/** Where steps find a program of this machine by its name. */
export function findProgram(name: string): string | undefined {
  return searchPath
    .split(":")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
