import { exampleStream } from "./example-files.ts";
import type { Example, Rule } from "./rule.ts";
import { error, unusable, warning } from "./rule.ts";

/** Rules of the comments `# okd-streams-ignore RULE: reason`. */
export const silencingRules = {
  "silence-without-reason": {
    ...unusable,
    what: "A comment silences a rule without saying why.",
    why: "Who reads the file later has to know whether the reason still holds.",
    mend: "Write the reason behind the name of the rule and a colon.",
    example: example("end-of-life-passed"),
  },
  "silence-rule-unknown": {
    ...error,
    what: "A comment silences a rule that does not exist, or that can't be silenced.",
    why: "It has no effect, so what it was written for is found all the same.",
    mend: "Correct the id of the rule, or mend what the rule finds.",
    example: example("end-of-live-passed: hospitals still run it"),
  },
  "silence-unused": {
    ...warning,
    what: "A comment silences a rule where that finds nothing.",
    why: "What was silenced is mended, or the comment stands in the wrong line; a new mistake there would be silenced unseen.",
    mend: "Remove the comment, or move it to the line of the finding.",
    example: example("time-zone-unknown: hospitals still run it"),
  },
} as const satisfies Record<string, Rule>;

/** A stream past its end of life, on purpose; the comment that says so is the example. */
function example(silence: string): Example {
  const withComment = (text: string): string =>
    exampleStream("example", {
      more: `  lifecycle:\n    state: active\n    # okd-streams-ignore ${text}\n    endOfLife: "2024-06-30"\n`,
    });
  return {
    of: "files",
    wrong: { "streams/example.yaml": withComment(silence) },
    right: { "streams/example.yaml": withComment("end-of-life-passed: hospitals still run it") },
  };
}
