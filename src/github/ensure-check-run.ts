import { ProblemError } from "../problem.ts";
import { fitCheckRun, type CheckAnnotation, type CheckRunInput } from "./check-run-input.ts";
import { canUpdate, checkRunState, readState, writeState } from "./check-run-state.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { forgetCheckRuns, ownCheckRuns, type FoundCheckRun } from "./own-check-runs.ts";

export type { CheckAnnotation, CheckConclusion, CheckRunInput } from "./check-run-input.ts";

export interface EnsuredCheckRun {
  readonly id: number;
  readonly hash: string;
  readonly written: boolean;
}

/** What GitHub takes in one request. */
const annotationsPerRequest = 50;

/**
 * Makes the check run of this name and external id on this commit say this. A new one is made where the old one
 * cannot become it: completed and now open again, or with other annotations than it has to have.
 */
export async function ensureCheckRun(
  client: GitHubClient,
  input: CheckRunInput,
): Promise<EnsuredCheckRun> {
  const wanted = fitCheckRun(input);
  const state = checkRunState(wanted);
  const hash = writeState(state);
  if (input.known?.hash === hash) return { ...input.known, written: false };
  const { annotations = [] } = wanted;

  const before = input.known === undefined ? undefined : readState(input.known.hash);
  if (input.known !== undefined && before !== undefined && canUpdate(before, state)) {
    await update(client, input.known.id, wanted, []);
    return { id: input.known.id, hash, written: true };
  }
  const isNew = input.isFirst === true || before?.key === state.key;
  const found = isNew ? undefined : await findUnnoted(client, wanted);
  if (found === undefined)
    return { id: await create(client, wanted, annotations), hash, written: true };
  await update(client, found.id, wanted, annotations.slice(found.annotationsCount));
  return { id: found.id, hash, written: true };
}

/** A check run that was written and not noted, where it can still become the wanted one. */
async function findUnnoted(
  client: GitHubClient,
  wanted: CheckRunInput,
): Promise<FoundCheckRun | undefined> {
  const runs = await ownCheckRuns(client, wanted.headSha);
  const newest = runs.findLast(
    (run) => run.name === wanted.name && run.externalId === wanted.externalId,
  );
  if (newest === undefined) return undefined;
  if (newest.completed && wanted.status !== "completed") return undefined;
  const count = wanted.annotations?.length ?? 0;
  return newest.annotationsCount === 0 || newest.annotationsCount === count ? newest : undefined;
}

async function create(
  client: GitHubClient,
  wanted: CheckRunInput,
  annotations: readonly CheckAnnotation[],
): Promise<number> {
  const first = annotations.slice(0, annotationsPerRequest);
  try {
    const { data } = await client.octokit.rest.checks.create({
      ...place(client),
      ...fields(wanted, first),
      head_sha: wanted.headSha,
    });
    await append(client, data.id, wanted, annotations.slice(annotationsPerRequest));
    return data.id;
  } catch (error) {
    forgetCheckRuns(client, wanted.headSha);
    throw error;
  }
}

async function update(
  client: GitHubClient,
  id: number,
  wanted: CheckRunInput,
  annotations: readonly CheckAnnotation[],
): Promise<void> {
  const first = annotations.slice(0, annotationsPerRequest);
  try {
    await client.octokit.rest.checks.update({
      ...place(client),
      ...fields(wanted, first),
      check_run_id: id,
    });
    await append(client, id, wanted, annotations.slice(annotationsPerRequest));
  } catch (error) {
    forgetCheckRuns(client, wanted.headSha);
    throw error;
  }
}

async function append(
  client: GitHubClient,
  id: number,
  wanted: CheckRunInput,
  annotations: readonly CheckAnnotation[],
): Promise<void> {
  for (let start = 0; start < annotations.length; start += annotationsPerRequest) {
    await client.octokit.rest.checks.update({
      ...place(client),
      check_run_id: id,
      output: output(wanted, annotations.slice(start, start + annotationsPerRequest)),
    });
  }
}

function place(client: GitHubClient) {
  return { owner: client.owner, repo: client.name };
}

function fields(wanted: CheckRunInput, annotations: readonly CheckAnnotation[]) {
  const common = {
    name: wanted.name,
    external_id: wanted.externalId,
    ...(wanted.detailsUrl === undefined ? {} : { details_url: wanted.detailsUrl }),
    ...(wanted.startedAt === undefined ? {} : { started_at: wanted.startedAt }),
    ...(wanted.actions === undefined ? {} : { actions: wanted.actions.map((a) => ({ ...a })) }),
    output: output(wanted, annotations),
  };
  if (wanted.status !== "completed") return { ...common, status: wanted.status };
  if (wanted.conclusion === undefined)
    throw new ProblemError({
      kind: "invalid",
      where: wanted.name,
      what: "A completed check has no conclusion.",
    });
  return {
    ...common,
    status: wanted.status,
    conclusion: wanted.conclusion,
    ...(wanted.completedAt === undefined ? {} : { completed_at: wanted.completedAt }),
  };
}

function output(wanted: CheckRunInput, annotations: readonly CheckAnnotation[]) {
  return {
    title: wanted.title,
    summary: wanted.summary,
    ...(wanted.text === undefined ? {} : { text: wanted.text }),
    ...(annotations.length === 0 ? {} : { annotations: annotations.map((a) => ({ ...a })) }),
  };
}
