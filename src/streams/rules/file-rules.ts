import { exampleStream, exampleTask } from "./example-files.ts";
import { unusable, error } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Rules of files, YAML, schema and names. */
export const fileRules = {
  "file-path": {
    ...unusable,
    what: "A path has a space, `..` or another character beyond letters, digits, `.`, `_` and `-`.",
    why: "Paths become parameters of Tekton and parts of URLs; a plain path can't be misread anywhere.",
    mend: "Rename the file or the folder.",
    example: {
      of: "files",
      wrong: { "streams/my example.yaml": exampleStream("example") },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "file-misplaced": {
    ...unusable,
    what: "A file stands where nothing reads it or another kind is read, or has another ending than `.yaml`.",
    why: "A stream in the wrong folder would silently never be built.",
    mend: "Move it to `streams/NAME.yaml`, `streams/channels/NAME/channel.yaml` or `tekton/`.",
    example: {
      of: "files",
      wrong: { "streams/channels/example.yaml": exampleStream("example") },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "file-symlink": {
    ...unusable,
    what: "A file is a symbolic link or a submodule.",
    why: "Its content lies elsewhere, so a review does not show what would run.",
    mend: "Put the content itself into the file.",
    example: {
      of: "files",
      wrong: { "streams/example.yaml": { symlink: "../elsewhere/example.yaml" } },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "file-too-large": {
    ...unusable,
    what: "A file is larger than 256 KiB.",
    why: "Such files are never read, so that no file can stall the validation.",
    mend: "Split it, or remove what does not belong there.",
    example: {
      of: "files",
      wrong: { "streams/example.yaml": `${exampleStream("example")}# ${"long ".repeat(60_000)}\n` },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "file-binary": {
    ...unusable,
    what: "A file is no UTF-8 text, or holds control characters.",
    why: "Nobody can review what an editor does not show.",
    mend: "Save it as UTF-8 text.",
    example: {
      of: "files",
      wrong: { "streams/example.yaml": exampleStream("example").replace("An", "\u0007An") },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "yaml-syntax": {
    ...unusable,
    what: "A file is no valid YAML.",
    why: "Nothing of it can be read.",
    mend: "Correct the YAML at the place that the finding names.",
    example: {
      of: "files",
      wrong: { "streams/example.yaml": exampleStream("example").replace("An", "Streams: an") },
      right: { "streams/example.yaml": exampleStream("example").replace("An", "Streams, an") },
    },
  },
  "yaml-documents": {
    ...unusable,
    what: "A file holds more than one document.",
    why: "One document a file keeps history and review of each apart.",
    mend: "Move each further document to a file of its own.",
    example: {
      of: "files",
      wrong: { "streams/one.yaml": `${exampleStream("one")}---\n${exampleStream("two")}` },
      right: { "streams/one.yaml": exampleStream("one"), "streams/two.yaml": exampleStream("two") },
    },
  },
  "schema-unknown-key": {
    ...unusable,
    what: "A key is unknown.",
    why: "A misspelt key would silently be without effect.",
    mend: "Correct the spelling, or remove the key; the schemas list the known ones.",
    example: {
      of: "stream",
      wrong: "spec:\n  architectures: [amd64]\n  maintaners: [octocat]\n",
      right: "spec:\n  architectures: [amd64]\n  maintainers: [octocat]\n",
    },
  },
  "schema-missing-key": {
    ...unusable,
    what: "A required key is missing.",
    why: "Nothing is guessed.",
    mend: "Add the key.",
    example: {
      of: "channel",
      wrong: "spec:\n  promotion:\n    approvals:\n      minimum: null\n",
      right: "spec:\n  promotion:\n    approvals:\n      minimum: 2\n",
    },
  },
  "schema-value": {
    ...unusable,
    what: "A value has the wrong type or form.",
    why: "It could not be used as it stands.",
    mend: "Write it as the finding says; the schemas give an example of each.",
    example: {
      of: "stream",
      wrong: "spec:\n  version: 4.21\n",
      right: 'spec:\n  version: "4.21"\n',
    },
  },
  "name-mismatch": {
    ...unusable,
    what: "`metadata.name` differs from the name of the file, or of the folder for a channel.",
    why: "A person looks for an object by its name.",
    mend: "Make the two the same.",
    example: {
      of: "files",
      wrong: { "streams/example.yaml": exampleStream("exmaple") },
      right: { "streams/example.yaml": exampleStream("example") },
    },
  },
  "name-duplicate": {
    ...unusable,
    what: "Two files describe objects of the same kind and name.",
    why: "It would be chance which of the two counts.",
    mend: "Rename or remove one of the two.",
    example: {
      of: "files",
      wrong: {
        "streams/one.yaml": exampleStream("one"),
        "streams/two.yaml": exampleStream("one"),
      },
      right: {
        "streams/one.yaml": exampleStream("one"),
        "streams/two.yaml": exampleStream("two"),
      },
    },
  },
  "file-case-collision": {
    ...error,
    what: "Two paths differ in capital letters only.",
    why: "macOS and Windows keep only one of the two files, so that people there see and check another repository.",
    mend: "Rename one of the two.",
    example: {
      of: "files",
      wrong: {
        "tekton/tasks/greet.yaml": exampleTask("greet"),
        "tekton/tasks/Greet.yaml": exampleTask("greet-loudly"),
      },
      right: {
        "tekton/tasks/greet.yaml": exampleTask("greet"),
        "tekton/tasks/greet-loudly.yaml": exampleTask("greet-loudly"),
      },
    },
  },
  "settings-rule-unknown": {
    ...error,
    what: "The settings name a rule that does not exist, or that can't be set.",
    why: "It has no effect.",
    mend: "Correct the id; docs/rules lists all.",
    example: {
      of: "settings",
      wrong: "rules:\n  freeze-ovr: error\n",
      right: "rules:\n  freeze-over: error\n",
    },
  },
} as const satisfies Record<string, Rule>;
