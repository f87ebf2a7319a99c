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
  },
  "file-too-large": {
    ...unusable,
    what: "A file is larger than 256 KiB.",
    why: "Such files are never read, so that no file can stall the validation.",
    mend: "Split it, or remove what does not belong there.",
  },
  "file-binary": {
    ...unusable,
    what: "A file is no UTF-8 text, or holds control characters.",
    why: "Nobody can review what an editor does not show.",
    mend: "Save it as UTF-8 text.",
  },
  "yaml-syntax": {
    ...unusable,
    what: "A file is no valid YAML.",
    why: "Nothing of it can be read.",
    mend: "Correct the YAML at the place that the finding names.",
  },
  "yaml-documents": {
    ...unusable,
    what: "A file holds more than one document.",
    why: "One document a file keeps history and review of each apart.",
    mend: "Move each further document to a file of its own.",
  },
  "schema-unknown-key": {
    ...unusable,
    what: "A key is unknown.",
    why: "A misspelt key would silently be without effect.",
    mend: "Correct the spelling, or remove the key; the schemas list the known ones.",
  },
  "schema-missing-key": {
    ...unusable,
    what: "A required key is missing.",
    why: "Nothing is guessed.",
    mend: "Add the key.",
  },
  "schema-value": {
    ...unusable,
    what: "A value has the wrong type or form.",
    why: "It could not be used as it stands.",
    mend: "Write it as the finding says; the schemas give an example of each.",
  },
  "name-mismatch": {
    ...unusable,
    what: "`metadata.name` differs from the name of the file, or of the folder for a channel.",
    why: "A person looks for an object by its name.",
    mend: "Make the two the same.",
  },
  "name-duplicate": {
    ...unusable,
    what: "Two files describe objects of the same kind and name.",
    why: "It would be chance which of the two counts.",
    mend: "Rename or remove one of the two.",
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
    mend: "Correct the id; this page lists all.",
  },
} as const satisfies Record<string, Rule>;
