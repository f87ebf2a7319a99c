import { failed } from "../../problem.ts";
import type { Reaper } from "../reaper.ts";
import { nodeStarter } from "./node-starter.ts";
import { startHelper, type HelperOptions } from "./start-helper.ts";
import type { Starter } from "./starter.ts";

/** Starts processes in the quickest way that works here; the helper itself ends them when the runner dies. */
export function createStarter(reaper: Reaper, options: HelperOptions = {}): Starter {
  const helper = startHelper(options);
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
