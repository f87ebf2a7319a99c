import { invalid } from "../refusal.ts";
import type { FormElement, IssueForm } from "./issue-form.ts";

/** The text of an issue that GitHub makes of a form's values, by the ids of the fields; refuses what is incomplete. */
export function composeBody(form: IssueForm, values: Readonly<Record<string, string>>): string {
  return form.body
    .flatMap((field) => (field.type === "markdown" ? [] : [compose(field, values[field.id] ?? "")]))
    .join("\n\n");
}

type Field = Exclude<FormElement, { type: "markdown" }>;

function compose(field: Field, value: string): string {
  const { label } = field.attributes;
  if (field.validations.required && value.trim() === "")
    throw invalid("Issue", field.id, `${label} can't be blank`);
  if (field.type === "dropdown" && value !== "" && !field.attributes.options.includes(value))
    throw invalid("Issue", field.id, `${label} has no such option`);
  return `### ${label}\n\n${shown(field, value)}`;
}

function shown(field: Field, value: string): string {
  if (value.trim() === "") return "_No response_";
  const render = field.type === "textarea" ? field.attributes.render : undefined;
  return render === undefined ? value : `\`\`\`${render}\n${value}\n\`\`\``;
}
