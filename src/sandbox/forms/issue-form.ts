import { parse } from "yaml";
import * as z from "zod";

const validations = z.object({ required: z.boolean().default(false) }).prefault({});
const described = { label: z.string(), description: z.string().default("") };
const id = z.string().regex(/^[A-Za-z0-9_-]+$/);

const element = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("markdown"),
    attributes: z.strictObject({ value: z.string() }),
  }),
  z.strictObject({
    type: z.literal("input"),
    id,
    attributes: z.strictObject({ ...described, placeholder: z.string().default("") }),
    validations,
  }),
  z.strictObject({
    type: z.literal("textarea"),
    id,
    attributes: z.strictObject({
      ...described,
      placeholder: z.string().default(""),
      render: z.string().optional(),
    }),
    validations,
  }),
  z.strictObject({
    type: z.literal("dropdown"),
    id,
    attributes: z.strictObject({ ...described, options: z.array(z.string()).min(1) }),
    validations,
  }),
]);

/** What of GitHub's form schema this stand-in knows; it refuses all else, as GitHub refuses what it does not know. */
const formSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  title: z.string().default(""),
  labels: z.array(z.string()).default([]),
  body: z.array(element).min(1),
});

export type IssueForm = z.output<typeof formSchema>;
export type FormElement = IssueForm["body"][number];

/** The form of a file in `.github/ISSUE_TEMPLATE`; undefined where GitHub would not offer it. */
export function parseIssueForm(text: string): IssueForm | undefined {
  const parsed = formSchema.safeParse(parse(text, { logLevel: "silent" }));
  if (!parsed.success) return undefined;
  const fields = parsed.data.body.flatMap((each) => (each.type === "markdown" ? [] : [each]));
  const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length;
  return isUnique(fields.map((field) => field.id)) &&
    isUnique(fields.map((field) => field.attributes.label))
    ? parsed.data
    : undefined;
}
