import type { Mistake } from "../checks/mistake.ts";
import { findRule, rules } from "../rules/rules.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";
import type { Silence } from "./silence.ts";
import { silenceMark } from "./find-silences.ts";

export interface SilencedMistake {
  readonly mistake: Mistake;
  readonly reason: string;
}

export interface Silenced {
  /** Those that nobody silenced, and those about the silencing itself. */
  readonly mistakes: readonly Mistake[];
  readonly silenced: readonly SilencedMistake[];
}

/** Takes out the mistakes that a comment silences with a reason; a comment that silences nothing is a mistake itself. */
export function applySilences(
  mistakes: readonly Mistake[],
  silences: readonly Silence[],
): Silenced {
  if (silences.length === 0) return { mistakes, silenced: [] };
  const sound = new Map<string, Silence>();
  const faults: Mistake[] = [];
  for (const silence of silences) {
    const fault = faultOf(silence);
    if (fault !== undefined) faults.push(fault);
    else sound.set(keyOf(silence), silence);
  }
  const used = new Set<Silence>();
  const silenced: SilencedMistake[] = [];
  const left = mistakes.filter((mistake) => {
    const silence = sound.get(keyOf(mistake));
    if (silence === undefined) return true;
    used.add(silence);
    silenced.push({ mistake, reason: silence.reason });
    return false;
  });
  const unused = [...sound.values()].filter((silence) => !used.has(silence)).map(unusedFault);
  return { mistakes: [...left, ...faults, ...unused], silenced };
}

function keyOf({ file, rule, line }: Pick<Silence, "file" | "rule" | "line">): string {
  return `${file}\n${line}\n${rule}`;
}

function faultOf({ file, rule, reason, range }: Silence): Mistake | undefined {
  const known = findRule(rule);
  if (known === undefined) {
    return {
      rule: "silence-rule-unknown",
      file,
      ...range,
      message: rule === "" ? "The comment names no rule." : `There is no rule ${quoted(rule)}.`,
      help:
        rule === ""
          ? `Write \`# ${silenceMark} RULE: reason\`, with the rule that the finding names.`
          : suggestName(rule, Object.keys(rules), "rule"),
    };
  }
  if (known.fixed === true) {
    return {
      rule: "silence-rule-unknown",
      file,
      ...range,
      message: `The rule ${quoted(rule)} can't be silenced.`,
      help: "Mend what it found; without this rule the file could not be used.",
    };
  }
  if (reason !== "") return undefined;
  return {
    rule: "silence-without-reason",
    file,
    ...range,
    message: "The comment gives no reason, so it silences nothing.",
    help: `Write \`# ${silenceMark} ${rule}: \` and, in a few words, why the finding does not matter here.`,
  };
}

function unusedFault({ file, rule, line, range }: Silence): Mistake {
  return {
    rule: "silence-unused",
    file,
    ...range,
    message: `The rule ${quoted(rule)} finds nothing in line ${line}.`,
    help: "Remove the comment, or put it on the line of the finding or directly above.",
  };
}
