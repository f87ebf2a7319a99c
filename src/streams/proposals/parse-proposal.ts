import { failed, ok, type Problem, type Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { scaffoldName } from "../scaffold/scaffold-name.ts";
import { proposalFields, type ProposalField } from "./proposal-fields.ts";
import { readParams } from "./read-params.ts";
import { readSections, type Sections } from "./read-sections.ts";

/** A stream as somebody asks for it in the form. */
export interface Proposal {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly operatingSystem: "scos" | "fcos";
  /** The stream that it is like. */
  readonly like: string | undefined;
  /** Path of a pipeline. */
  readonly pipeline: string | undefined;
  readonly maintainers: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  readonly description: string | undefined;
}

export type ParsedProposal =
  | { readonly kind: "none" }
  /** `where` of each problem is the heading of the field. */
  | { readonly kind: "wrong"; readonly problems: readonly Problem[] }
  | { readonly kind: "proposal"; readonly proposal: Proposal };

const titles = Object.values(proposalFields);

/** Characters; the validation holds the values to what a stream may have. */
const longest: Readonly<Record<ProposalField, number>> = {
  name: 200,
  title: 500,
  version: 50,
  operatingSystem: 50,
  like: 200,
  pipeline: 500,
  maintainers: 2000,
  params: 16_000,
  description: 8000,
};
/** All fields together, with their headings. */
const longestText = 32_000;
const ofManyLines: readonly ProposalField[] = ["params", "description"];
const required: readonly ProposalField[] = ["name", "title", "version", "operatingSystem"];

/**
 * The proposal that an issue's text holds; `none` where it holds nothing of the form. Whatever can be read in two ways is
 * refused, and never guessed.
 */
export function parseProposal(text: string): ParsedProposal {
  if (text.length > longestText) return wrong([tooMuch]);
  const sections = readSections(text, titles);
  if (sections === undefined) return wrong([tooMuch]);
  if (sections.values.size === 0) return { kind: "none" };
  const problems = sections.doubled.map(twice);
  const take = (field: ProposalField): string => {
    if (sections.doubled.includes(proposalFields[field])) return "";
    const read = readField(sections, field);
    if (read.ok) return read.value;
    problems.push(read.problem);
    return "";
  };
  const keep = <T>(field: ProposalField, otherwise: T, read: (value: string) => Result<T>): T => {
    const value = take(field);
    if (value === "") return otherwise;
    const result = read(value);
    if (result.ok) return result.value;
    problems.push({ ...result.problem, where: proposalFields[field] });
    return otherwise;
  };
  const proposal: Proposal = {
    name: keep("name", "", (name) => scaffoldName(name, "stream")),
    title: take("title"),
    version: keep("version", "", readVersion),
    operatingSystem: keep("operatingSystem", "scos", readOperatingSystem),
    like: take("like") || undefined,
    pipeline: take("pipeline") || undefined,
    maintainers: take("maintainers")
      .split(/[\s,]+/)
      .map((login) => login.replace(/^@/, ""))
      .filter((login) => login !== ""),
    params: keep("params", {}, readParams),
    description: take("description") || undefined,
  };
  return problems.length > 0 ? wrong(problems) : { kind: "proposal", proposal };
}

function wrong(problems: readonly Problem[]): ParsedProposal {
  return { kind: "wrong", problems };
}

const tooMuch: Problem = {
  kind: "invalid",
  what: "The text of the issue is too long, has too many lines, or lists and quotes that are nested too deeply.",
  next: "Keep what the form asks for, and put the rest into a comment.",
};

function twice(title: string): Problem {
  return {
    kind: "invalid",
    where: title,
    what: "This heading stands there more than once.",
    next: "Keep one of them; within another text, write it without the # signs.",
  };
}

function readField({ values }: Sections, field: ProposalField): Result<string> {
  const where = proposalFields[field];
  const fail = (what: string, next: string): Result<string> =>
    failed({ kind: "invalid", where, what, next });
  const value = values.get(where);
  if (value === undefined || value === "") {
    if (!required.includes(field)) return ok("");
    return value === undefined
      ? fail("This heading is missing.", `Write it below a line of its own: ### ${where}`)
      : fail("There is no value.", "Write one below the heading.");
  }
  if (value.length > longest[field])
    return fail(`It has more than ${longest[field]} characters.`, "Shorten it.");
  if (value.includes("\n") && !ofManyLines.includes(field))
    return fail("It has more than one line.", "Write it in one.");
  const hidden = /(?![\n\t])\p{C}/u.exec(value)?.[0];
  if (hidden !== undefined)
    return fail(
      `It has a character that nobody sees: ${quoted(hidden).slice(1, -1)}.`,
      "Type it anew instead of pasting it.",
    );
  return ok(value);
}

function readVersion(value: string): Result<string> {
  if (/^\d{1,3}\.\d{1,3}(\.\d{1,4})?$/.test(value)) return ok(value);
  return failed({
    kind: "invalid",
    what: `${quoted(value)} is no version.`,
    next: "Write its major and minor number, such as 4.21.",
  });
}

function readOperatingSystem(value: string): Result<"scos" | "fcos"> {
  if (value === "scos" || value === "fcos") return ok(value);
  return failed({
    kind: "invalid",
    what: `${quoted(value)} is none of those that there are.`,
    next: "Write scos or fcos.",
  });
}
