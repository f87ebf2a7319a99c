import { commandsOf } from "../../tekton-files/commands-of.ts";

const curl = /(?<![\w./-])(?:\/[\w/]*\/)?curl\s[^|;)\n]*/g;
/** Also the code of the answer, which is looked at otherwise then. */
const looksAtAnswer = /\s(?:-[a-zA-Z]*[fw]\b|-[a-zA-Z]*f[a-zA-Z]*\b|--fail|--write-out|-w)/;
const longest = 60;

/** The beginnings of curl's commands in a script that don't tell an error of the server from its answer, as they are written. */
export function uncheckedTransfers(script: string): string[] {
  const written = new Set(script.split("\n").map((line) => line.trim()));
  return commandsOf(script).flatMap((command) =>
    [...command.matchAll(curl)].flatMap(([text]) => {
      if (looksAtAnswer.test(` ${text}`) || /\scurl\s+--version/.test(` ${text}`)) return [];
      // A command that was continued stands in several lines: its first one is shown.
      const line = [...written].find(
        (one) => one.includes("curl") && command.startsWith(one.replace(/\s*\\$/, "")),
      );
      const [begin = text] = (line ?? text).match(/(?:\/[\w/]*\/)?curl\b.*/) ?? [];
      const shown = text.length <= begin.length ? text : begin;
      return [
        shown
          .replace(/\s*\\$/, "")
          .trimEnd()
          .slice(0, longest),
      ];
    }),
  );
}
