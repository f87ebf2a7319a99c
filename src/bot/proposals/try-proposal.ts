import { validateWithElsewhere } from "../../github/validate-with-elsewhere.ts";
import type { Problem } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import { newFindings } from "../../streams/findings/new-findings.ts";
import type { Proposal } from "../../streams/proposals/parse-proposal.ts";
import { proposedFile } from "../../streams/proposals/proposed-file.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import type { ScaffoldFile } from "../../streams/scaffold/new-repository.ts";
import { startOfDay } from "../../streams/start-of-day.ts";
import { validateRepository } from "../../streams/validate-repository.ts";
import type { Bot } from "../bot.ts";
import type { DefaultBranch } from "../read-default-branch.ts";

/** What is wrong with a proposal: with its fields, or with the file that comes of it. */
export interface Mistakes {
  readonly problems: readonly Problem[];
  /** Errors only. */
  readonly findings?: readonly Finding[];
  readonly file?: ScaffoldFile;
}

const localSchema = "schemas/stream.json";

/** The file that a proposal adds to the default branch, or why it would bring an error there. */
export async function tryProposal(
  bot: Bot,
  repository: Repository,
  { head, streams }: DefaultBranch,
  proposal: Proposal,
): Promise<{ readonly file: ScaffoldFile } | { readonly mistakes: Mistakes }> {
  const schemas = await bot.mirrorOf(repository).listFiles(head, [localSchema]);
  const file = proposedFile(streams, proposal, schemas.length > 0);
  if (!file.ok) return { mistakes: { problems: [file.problem] } };
  const files = [...streams.files.values(), repositoryFile(file.value)];
  const { findings } = await validateWithElsewhere({
    validate: (elsewhere) =>
      validateRepository(files, {
        now: startOfDay(bot.now()),
        settings: streams.settings,
        elsewhere,
      }),
    read: (wanted) => bot.elsewhere.read(wanted),
  });
  const errors = newFindings(streams.findings, findings).filter(
    ({ severity }) => severity === "error",
  );
  if (errors.length === 0) return { file: file.value };
  return { mistakes: { problems: [], findings: errors, file: file.value } };
}

function repositoryFile({ path, text }: ScaffoldFile): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}
