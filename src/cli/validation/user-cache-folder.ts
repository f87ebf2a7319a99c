import { homedir } from "node:os";
import { join } from "node:path";

/** `$XDG_CACHE_HOME/okd-streams`, or `~/.cache/okd-streams`. */
export function userCacheFolder(): string {
  const folder = process.env["XDG_CACHE_HOME"];
  const base = folder === undefined || folder === "" ? join(homedir(), ".cache") : folder;
  return join(base, "okd-streams");
}
