import { failed } from "../../problem.ts";
import type { Reaper } from "../reaper.ts";
import { nodeStarter } from "./node-starter.ts";
import { startHelper } from "./start-helper.ts";
import type { Starter } from "./starter.ts";

/** Starts processes in the quickest way that works here; the helper itself ends them when the runner dies. */
export function createStarter(reaper: Reaper, perl?: string): Starter {
  const helper = startHelper(perl);
  const plain = nodeStarter(reaper);
  return {
    start: async (launch, onOutput) => {
      const { argv, directory, environment } = launch;
      if ([directory, ...argv, ...Object.entries(environment).flat()].join("").includes("\0")) {
        return failed({ kind: "invalid", what: "its command or environment holds a NUL byte" });
      }
      const starter = (await helper.works()) ? helper : plain;
      return starter.start(launch, onOutput);
    },
    close: () => helper.close(),
  };
}
