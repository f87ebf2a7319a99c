import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Finding } from "../../src/streams/findings/finding.ts";
import { exampleRepository } from "../../src/streams/rules/examples/example-repository.ts";
import { findRule } from "../../src/streams/rules/rules.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { validateTektonFiles } from "../../src/streams/validate-tekton-files.ts";
import { fileOf, now } from "./repository-of.ts";

/** `npm run fuzz` asks for 100,000. */
const inputs = Number(process.env["FUZZ_INPUTS"] ?? 400);
/** An input that keeps a processor busy for longer, in milliseconds, hangs whoever validates it. */
const longest = 2_000;

const root = fileURLToPath(new URL("../..", import.meta.url));
const real = ["streams", "tekton"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".yaml"))
    .map((path) => ({
      path: `${folder}/${path}`,
      text: readFileSync(join(root, folder, path), "utf8"),
    })),
);

const pieces = fc.constantFrom(
  ..."\t|\n|\n\n|  |: |- |---\n|...\n|{|}|[|]|\"|'|&a |*a|<<: *a|!!binary |? |# |#|>-\n|null|true|4.20|1e999|0x1f|$(|$(params.x|$(tasks.a.results.b[*])|)|$$|@|%|\\u0000|é|🦭|\u{FEFF}|okd-streams-ignore x: y"
    .split("|")
    .concat("|\n"),
);

type Mutation = (text: string) => string;

const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat({ max: 6 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.oneof(pieces, pieces, fc.string({ maxLength: 12 })),
  )
  .map(([kind, at, to, piece]): Mutation => {
    return (text) => {
      const lines = text.split("\n");
      const [line, other] = [Math.floor(at * lines.length), Math.floor(to * lines.length)];
      const place = Math.floor(at * text.length);
      if (kind === 0) return lines.toSpliced(line, 1).join("\n");
      if (kind === 1) return lines.toSpliced(other, 0, lines[line] ?? "").join("\n");
      if (kind === 2) return lines.with(line % lines.length, `  ${lines[line] ?? ""}`).join("\n");
      if (kind === 3) return text.slice(0, place);
      if (kind === 4) return text.slice(0, place) + text.slice(place + 1);
      if (kind === 5) {
        return lines
          .with(line % lines.length, (lines[line] ?? "").replace(/:.*$/, `: ${piece}`))
          .join("\n");
      }
      return text.slice(0, place) + piece + text.slice(place);
    };
  });

/** What no finding may be: without a rule, without words, or outside of its file. */
function faultOf(finding: Finding, text: string): string | undefined {
  const { rule, line, column, endLine, endColumn, message, help } = finding;
  const lines = text.split("\n");
  const inside = (row: number, col: number) =>
    row >= 1 && col >= 1 && row <= lines.length && col <= (lines[row - 1] ?? "").length + 1;
  if (findRule(rule) === undefined) return "no rule";
  if (message === "" || help === "") return "no words";
  if (!inside(line, column)) return "begins outside of the file";
  if (!inside(endLine, endColumn)) return "ends outside of the file";
  if (endLine < line || (endLine === line && endColumn < column)) return "ends before it begins";
  return undefined;
}

test(
  "mutated files never crash or hang the validation, and every finding has its place",
  () => {
    const file = fc.constantFrom(...real);
    const mutations = fc.array(mutation, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(file, mutations, fc.boolean(), ({ path, text }, changes, isLone) => {
        const mutated = changes.reduce((changed, change) => change(changed), text);
        const files = Object.entries({ ...exampleRepository, [path]: mutated });
        const list = files.map(([name, content]) => fileOf(name, content));
        // What others do on the machine is no matter of the input.
        const before = process.cpuUsage();
        const findings = isLone
          ? validateTektonFiles(list)
          : validateRepository(list, { now }).findings;
        expect(process.cpuUsage(before).user / 1000).toBeLessThan(longest);
        const texts = new Map(files);
        const faults = findings.flatMap((finding) => {
          const fault = faultOf(finding, texts.get(finding.file) ?? "");
          return fault === undefined ? [] : [{ fault, finding }];
        });
        expect(faults).toEqual([]);
      }),
      { numRuns: inputs, includeErrorInReport: true },
    );
  },
  30_000 + inputs * 20,
);
