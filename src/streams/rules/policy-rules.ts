import { exampleParams, exampleStream } from "./example-files.ts";
import { off } from "./rule.ts";
import type { Rule } from "./rule.ts";

const file = "streams/example.yaml";

/** What a repository may ask of its streams: off until its settings say `warn` or `error`. */
export const policyRules = {
  "revision-unpinned": {
    ...off,
    what: "A stream builds a branch or a tag instead of a full commit.",
    why: "The same file builds something else tomorrow, and no review sees it. Params are looked at whose names end in branch, ref, revision or commit.",
    mend: "Write the full commit, and move on by pull requests.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    params:\n      branch: master\n",
      right:
        "spec:\n  build:\n    params:\n      branch: d4be53e847b94469932100ee1c100767f7b71edb\n",
    },
  },
  "image-unpinned": {
    ...off,
    what: "A stream starts from an image without a digest.",
    why: "A tag can be moved: the same file builds something else tomorrow. Params are looked at whose names say an image that the build starts from, such as `base-image` or `initial-image`.",
    mend: "Write REPOSITORY@sha256:DIGEST, and move on by pull requests.",
    example: {
      of: "files",
      wrong: {
        [file]: exampleStream("example", {
          build: exampleParams({ "initial-image": "quay.io/okd/scos-release:4.21" }),
        }),
      },
      right: {
        [file]: exampleStream("example", {
          build: exampleParams({
            "initial-image":
              "quay.io/okd/scos-release@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          }),
        }),
      },
    },
  },
} as const satisfies Record<string, Rule>;
