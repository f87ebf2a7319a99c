import { readBlob, readTree } from "../git/objects.ts";
import type { Repository } from "../types.ts";
import { parseIssueForm, type IssueForm } from "./issue-form.ts";

const folder = ".github/ISSUE_TEMPLATE/";

/** The issue forms of a repository's default branch, by the names of their files. */
export async function readIssueForms(
  repository: Repository,
): Promise<ReadonlyMap<string, IssueForm>> {
  const { directory, defaultBranch } = repository;
  const entries = (await readTree(directory, defaultBranch, true)) ?? [];
  const forms = new Map<string, IssueForm>();
  for (const { path } of entries) {
    if (!path.startsWith(folder) || !/\.ya?ml$/.test(path)) continue;
    const text = await readBlob(directory, `${defaultBranch}:${path}`);
    const form = parseIssueForm(text?.toString("utf8") ?? "");
    if (form !== undefined) forms.set(path.slice(folder.length), form);
  }
  return forms;
}
