import { exampleParams, exampleStream } from "./example-files.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

function withClaim(claim: string): string {
  return `    workspaces:
      shared-workspace:
        persistentVolumeClaim:
          claimName: ${claim}
    timeouts:
      pipeline: 4h
`;
}

function daily(hour: number): string {
  return `    merge: false\n    schedule:\n      cron: 30 ${hour} * * *\n`;
}

const first = "streams/first.yaml";
const second = "streams/second.yaml";
const third = "streams/third.yaml";

/** Rules of streams among each other: what two do to the same place, and what one forgot that its siblings say. */
export const acrossStreamsRules = {
  "image-tag-shared": {
    ...error,
    what: "Two streams push to the same tag of the same image repository.",
    why: "Each build overwrites the other's, so a release may hold the image of another stream. The place is `spec.release.from.image`, or what the names of params say: a registry, an image's name or repository, and `tag`, `image-tag`, `image-version` or `version`. Streams for other architectures, and images with `$(run.time)` or `$(run.id)`, are kept apart.",
    mend: "Give each stream a repository or a tag of its own.",
    example: {
      of: "files",
      wrong: {
        [first]: exampleStream("first", {
          build: exampleParams({ "image-repository": "quay.io/okd/node" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ "image-repository": "quay.io/okd/node" }),
        }),
      },
      right: {
        [first]: exampleStream("first", {
          build: exampleParams({ "image-repository": "quay.io/okd/first" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ "image-repository": "quay.io/okd/second" }),
        }),
      },
    },
  },
  "bucket-folder-shared": {
    ...error,
    what: "Two streams write to the same folder of the same S3 bucket.",
    why: "Each build overwrites what the other has uploaded, and may take up the other's last build for its own. The place is told by the names of params: a bucket, and a prefix, a folder or OKD's `release-stream`; a bucket without such a param is left alone.",
    mend: "Give each stream a folder of its own, for example with `$(stream.version)` in its name.",
    example: {
      of: "files",
      wrong: {
        [first]: exampleStream("first", {
          build: exampleParams({ "s3-bucket-name": "okd-scos", "release-stream": "next" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ "s3-bucket-name": "okd-scos", "release-stream": "next" }),
        }),
      },
      right: {
        [first]: exampleStream("first", {
          build: exampleParams({ "s3-bucket-name": "okd-scos", "release-stream": "next-first" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ "s3-bucket-name": "okd-scos", "release-stream": "next-second" }),
        }),
      },
    },
  },
  "claim-shared": {
    ...warning,
    what: "Builds of two streams may work in the same persistent volume claim at the same time.",
    why: "They would find each other's files, or wait for each other's node. Builds overlap where schedules come within `spec.build.timeouts.pipeline` of each other, and where a merge or another stream may begin one at any time. A workspace whose name says that it is kept for several (registry, cache, mirror, store, archive) is left alone.",
    mend: "Give each stream a claim of its own, a `volumeClaimTemplate`, or schedules that keep the builds apart, with `merge: false`.",
    example: {
      of: "files",
      wrong: {
        [first]: exampleStream("first", { build: withClaim("build-pvc"), triggers: daily(6) }),
        [second]: exampleStream("second", { build: withClaim("build-pvc"), triggers: daily(8) }),
      },
      right: {
        [first]: exampleStream("first", { build: withClaim("build-pvc"), triggers: daily(6) }),
        [second]: exampleStream("second", { build: withClaim("build-pvc"), triggers: daily(16) }),
      },
    },
  },
  "release-name-shared": {
    ...error,
    what: "The name templates of two streams give the same names.",
    why: "Two builds that are asked for in the same second give two releases of one name, and nobody can tell from a name which stream it is of.",
    mend: "Put something of the stream into the template, such as `$(stream.name)`.",
    example: {
      of: "files",
      wrong: {
        [first]: exampleStream("first", { nameTemplate: "$(stream.version).0-0.okd-$(run.time)" }),
        [second]: exampleStream("second", {
          nameTemplate: "$(stream.version).0-0.okd-$(run.time)",
        }),
      },
      right: {
        [first]: exampleStream("first"),
        [second]: exampleStream("second"),
      },
    },
  },
  "sibling-default": {
    ...warning,
    what: "A stream leaves a param to its pipeline's default, and nearly all other streams of that pipeline give it.",
    why: "A param that was forgotten builds silently with the default, which is the value for somebody else. At least two streams have to give the param, and twice as many as do not; where the default is known and all give just that, nothing is said.",
    mend: "Give the param, with the default if that is meant.",
    example: {
      of: "files",
      wrong: {
        [first]: exampleStream("first", {
          build: exampleParams({ variant: "c9s", "release-stream": "a" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ variant: "c9s", "release-stream": "b" }),
        }),
        [third]: exampleStream("third", { build: exampleParams({ variant: "c9s" }) }),
      },
      right: {
        [first]: exampleStream("first", {
          build: exampleParams({ variant: "c9s", "release-stream": "a" }),
        }),
        [second]: exampleStream("second", {
          build: exampleParams({ variant: "c9s", "release-stream": "b" }),
        }),
        [third]: exampleStream("third", {
          build: exampleParams({ variant: "c9s", "release-stream": "c" }),
        }),
      },
    },
  },
} as const satisfies Record<string, Rule>;
