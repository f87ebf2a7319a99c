import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";

/** Builds that stand still in their first task until they are let go, which ends the first of them as failed. */
export interface HeldBuilds {
  /** Ends the build that stands still, with this as the reason, and holds no other. */
  letGo(reason: string): Promise<void>;
}

/** Makes a pipe of the file that every build looks at in the registry: who reads it waits for somebody to write. */
export async function holdBuilds(registry: string): Promise<HeldBuilds> {
  const pipe = join(registry, "READ-ONLY");
  await mkdir(registry, { recursive: true });
  execFileSync("mkfifo", ["-m", "666", pipe]);
  return {
    async letGo(reason) {
      // Without a reader this fails at once, and the test with it.
      const writer = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
      await rm(pipe);
      await writer.write(reason);
      await writer.close();
    },
  };
}
