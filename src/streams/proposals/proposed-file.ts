import { failed, ok, type Problem, type Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import type { StreamsRepository } from "../repository.ts";
import type { ScaffoldFile } from "../scaffold/new-repository.ts";
import { newStreamText } from "../scaffold/new-stream-text.ts";
import { streamPath } from "../scaffold/stream-text.ts";
import type { Proposal } from "./parse-proposal.ts";
import { proposalFields } from "./proposal-fields.ts";

/**
 * The file that a proposal adds to a repository; `localSchemas` says whether that has the schemas itself. It never stands
 * where something stands already. Whether it is valid there, the validation says.
 */
export function proposedFile(
  repository: StreamsRepository,
  proposal: Proposal,
  localSchemas: boolean,
): Result<ScaffoldFile> {
  const path = streamPath(proposal.name);
  if (repository.files.has(path) || repository.streams.has(proposal.name))
    return failed(taken(proposal.name));
  const text = newStreamText(repository, {
    ...proposal,
    maintainers: proposal.maintainers.length === 0 ? undefined : proposal.maintainers,
    localSchemas,
  });
  if (text.ok) return ok({ path, text: text.value });
  return failed({ ...text.problem, where: proposalFields[text.about] });
}

function taken(name: string): Problem {
  return {
    kind: "conflict",
    where: proposalFields.name,
    what: `There is a stream ${quoted(name)} already.`,
    next: "Take another name; or change that stream in a pull request of your own.",
  };
}
