import { composeBody } from "../../../src/sandbox/forms/compose-body.ts";
import { parseIssueForm } from "../../../src/sandbox/forms/issue-form.ts";
import { proposalForm } from "../../../src/streams/proposals/proposal-form.ts";
import { pipelinePath } from "../repository-of.ts";

/** The form's own text, by which a person's browser and the stand-in for GitHub know it. */
export const form = parseIssueForm(proposalForm([pipelinePath]))!;

/** What somebody fills in, by the ids of the form's fields. */
export const filled: Readonly<Record<string, string>> = {
  name: "kiosk",
  title: "OKD for kiosks",
  version: "4.21",
  "operating-system": "scos",
};

/** The text of the issue that GitHub makes of the form, with some values changed. */
export function issueText(changes: Readonly<Record<string, string>> = {}): string {
  return composeBody(form, { ...filled, ...changes });
}
