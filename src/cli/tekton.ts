import { Command } from "commander";
import { tektonManifestsCommand } from "./tekton-manifests.ts";

/** `okd-streams tekton …`: what has to do with clusters, without one. */
export function tektonCommand(): Command {
  return new Command("tekton")
    .description("Make what a cluster with Tekton needs")
    .addCommand(tektonManifestsCommand().exitOverride());
}
