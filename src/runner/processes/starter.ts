import type { Result } from "../../problem.ts";
import type { Launch } from "../isolation/types.ts";

/** A process that runs, the first of a process group of its own. */
export interface Started {
  readonly pid: number;
  /**
   * Its exit code, undefined where a signal ended it. Its process group is gone then, and `onOutput` has heard all that
   * it wrote. A fault of this machine is thrown.
   */
  readonly ended: Promise<number | undefined>;
}

/** What starts processes, with exactly the environment given and nothing of the runner's own. */
export interface Starter {
  /** `onOutput` hears what the process writes, standard error too. A problem says why it could not be started. */
  start(launch: Launch, onOutput: (bytes: Buffer) => void): Promise<Result<Started>>;
  /** Ends what still runs, and settles when nothing of it is left. */
  close(): Promise<void>;
}

/** Milliseconds that a process which left the group of one that is over may go on to hold its output. */
export const openOutput = 500;
