import type { Command } from "commander";
import { namedCommand } from "./named-command.ts";
import { tektonManifestsCommand } from "./tekton-manifests.ts";

/** `okd-streams tekton …`: what has to do with clusters, without one. */
export function tektonCommand(): Command {
  return namedCommand("tekton").addCommand(tektonManifestsCommand().exitOverride());
}
