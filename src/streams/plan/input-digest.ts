import { createHash } from "node:crypto";
import { ProblemError } from "../../problem.ts";
import { buildInputs } from "./build-inputs.ts";
import { quoted } from "../../quoted.ts";
import type { StreamsRepository } from "../repository.ts";

/**
 * sha256 in hex of everything that a stream is built from: build, version, operating system, architectures, release,
 * and the pipeline and its tasks in this repository. Title, labels, maintainers, triggers, verifications and lifecycle
 * are no part of it. Throws a ProblemError where the repository has no such stream.
 */
export function inputDigest(repository: StreamsRepository, streamName: string): string {
  const stream = repository.streams.get(streamName);
  if (stream === undefined) {
    throw new ProblemError({
      kind: "not-found",
      what: `There is no valid stream ${quoted(streamName)}.`,
      next: "Validate the repository to see why.",
    });
  }
  const inputs = [...buildInputs(repository, stream.value)];
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
}
