import { failed, ok, type Result } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { releaseName } from "../../streams/runs/release-name.ts";
import type { Stream } from "../../streams/types.ts";

export interface MadeImage {
  readonly name: string;
  readonly pullSpec: string;
  /** `sha256:` and 64 hex characters. */
  readonly digest: string;
}

const imageDigest = /^sha256:[0-9a-f]{64}$/;
const imagePullSpec = /^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$/;

/** What a succeeded build produced, by the results that the stream names; the problem says which is missing or wrong. */
export function releaseOfRun(
  stream: Stream,
  run: Pick<Run, "id" | "commit" | "requestedAt" | "results">,
): Result<MadeImage> {
  const { from } = stream.spec.release;
  if ("image" in from) {
    return failed({
      kind: "unsupported",
      what: `The release of \`${stream.metadata.name}\` is the image \`${from.image}\`, and this version reads no digests from registries.`,
      next: "Let the pipeline give the pull spec and the digest as results, and name them in `spec.release.from.results`.",
    });
  }
  const pullSpec = run.results?.[from.results.pullSpec]?.trim() ?? "";
  const digest = run.results?.[from.results.digest]?.trim() ?? "";
  if (!imageDigest.test(digest)) return failed(unusable(from.results.digest, digest, "a digest"));
  if (!imagePullSpec.test(pullSpec))
    return failed(unusable(from.results.pullSpec, pullSpec, "a pull spec"));
  const name = releaseName(stream, {
    id: run.id,
    commit: run.commit,
    time: new Date(run.requestedAt),
  });
  return name.ok ? ok({ name: name.value, pullSpec, digest }) : name;
}

function unusable(result: string, value: string, wanted: string) {
  return {
    kind: "invalid" as const,
    what:
      value === ""
        ? `The pipeline gave no result \`${result}\`.`
        : `The result \`${result}\` is no ${wanted.replace(/^an? /, "")}: ${value.slice(0, 200)}`,
    next: `Let a task of the pipeline write ${wanted} to the result \`${result}\`.`,
  };
}
