import { failed, ok, type Result } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { releaseName } from "../../streams/runs/release-name.ts";
import type { Stream } from "../../streams/types.ts";

export interface MadeImage {
  readonly name: string;
  readonly pullSpec: string;
  /** `sha256:` and 64 hex characters. */
  readonly digest: string;
  /** Whether it is what a tag named after the build, and not what the pipeline said that it made. */
  readonly byTag: boolean;
}

const imageDigest = /^sha256:[0-9a-f]{64}$/;
const imagePullSpec = /^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?$/;

type BuiltRun = Pick<Run, "id" | "commit" | "requestedAt" | "results">;
type Image = Omit<MadeImage, "name">;

/**
 * What a succeeded build produced, by the results that the stream names, or by the digest that its tag names now; the
 * problem says which is missing or wrong.
 */
export function releaseOfRun(
  stream: Stream,
  run: BuiltRun,
  digestOfTag?: string,
): Result<MadeImage> {
  const { from } = stream.spec.release;
  const image =
    "image" in from ? imageOfTag(from.image, digestOfTag ?? "") : imageOfResults(from.results, run);
  if (!image.ok) return image;
  const name = releaseName(stream, {
    id: run.id,
    commit: run.commit,
    time: new Date(run.requestedAt),
  });
  return name.ok ? ok({ name: name.value, ...image.value }) : name;
}

function imageOfTag(image: string, digest: string): Result<Image> {
  if (!imageDigest.test(digest))
    return failed({ kind: "invalid", what: `The tag \`${image}\` names no digest.` });
  return ok({ pullSpec: pinned(image, digest), digest, byTag: true });
}

/** An image of a tag, or of none, by its digest alone: a tag names another one tomorrow. */
function pinned(image: string, digest: string): string {
  return `${image.replace(/:[^:/]+$/, "")}@${digest}`;
}

type ResultNames = Extract<Stream["spec"]["release"]["from"], { results: unknown }>["results"];

function imageOfResults(from: ResultNames, run: BuiltRun): Result<Image> {
  const pullSpec = run.results?.[from.pullSpec]?.trim() ?? "";
  const digest = run.results?.[from.digest]?.trim() ?? "";
  if (!imageDigest.test(digest)) return failed(unusable(from.digest, digest, "a digest"));
  if (!imagePullSpec.test(pullSpec))
    return failed(unusable(from.pullSpec, pullSpec, "a pull spec"));
  const [, named] = pullSpec.split("@");
  if (named === undefined) return ok({ pullSpec: pinned(pullSpec, digest), digest, byTag: false });
  if (named === digest) return ok({ pullSpec, digest, byTag: false });
  return failed({
    kind: "invalid",
    what: `The results \`${from.digest}\` and \`${from.pullSpec}\` name two images: ${digest} and ${pullSpec.slice(0, 200)}`,
    next: "Let the pipeline write both of the image that it pushed last.",
  });
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
