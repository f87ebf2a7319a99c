import { resolveCommit } from "../git/refs.ts";
import { Refusal, invalid } from "../refusal.ts";
import { nextId, timestamp, type World } from "../world.ts";
import type {
  Account,
  Annotation,
  CheckAction,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  Repository,
} from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import {
  checkRunActionRequested,
  checkRunCompleted,
  checkRunCreated,
  checkRunRerequested,
} from "../webhooks/payloads.ts";
import { repositoryPageUrl } from "../shapes/urls.ts";
import { ensureSuite } from "./check-suite.ts";

export interface CheckRunChanges {
  readonly name?: string | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly startedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly output?:
    | {
        readonly title: string | null;
        readonly summary: string;
        readonly text?: string | undefined;
        readonly annotations: readonly Annotation[];
      }
    | undefined;
  readonly actions?: readonly CheckAction[] | undefined;
}

const mostAnnotations = 50;
const longestText = 65_535;
const mostActions = 3;

export async function createCheckRun(
  world: World,
  repository: Repository,
  name: string,
  headSha: string,
  changes: CheckRunChanges,
): Promise<CheckRun> {
  checkLimits(changes);
  const sha = await resolveCommit(repository.directory, headSha);
  if (sha === undefined || sha !== headSha)
    throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  const suite = ensureSuite(world, repository, headSha, branchOf(repository, headSha));
  const id = nextId(world);
  const run: CheckRun = {
    id,
    suite,
    name,
    headSha,
    externalId: "",
    detailsUrl: `${repositoryPageUrl(world, repository)}/runs/${id.toString()}`,
    status: "queued",
    conclusion: null,
    startedAt: timestamp(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  };
  apply(run, changes);
  repository.checkRuns.push(run);
  const { bot } = world;
  emit(world, repository, "check_run", checkRunCreated(world, repository, run, bot));
  if (run.status === "completed")
    emit(world, repository, "check_run", checkRunCompleted(world, repository, run, bot));
  return run;
}

export function updateCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  changes: CheckRunChanges,
): void {
  checkLimits(changes);
  const wasCompleted = run.status === "completed";
  apply(run, changes);
  if (!wasCompleted && run.status === "completed")
    emit(world, repository, "check_run", checkRunCompleted(world, repository, run, world.bot));
}

/** Asks the App to run a check again; the run itself stays as it is, as on GitHub. */
export function rerequestCheckRun(
  world: World,
  repository: Repository,
  run: CheckRun,
  sender: Account,
): void {
  emit(world, repository, "check_run", checkRunRerequested(world, repository, run, sender));
}

/** Presses one of the buttons that a check run offers. */
export function requestCheckAction(
  world: World,
  repository: Repository,
  run: CheckRun,
  identifier: string,
  sender: Account,
): void {
  if (!run.actions.some((action) => action.identifier === identifier))
    throw invalid("CheckRun", "identifier", "no such action");
  emit(
    world,
    repository,
    "check_run",
    checkRunActionRequested(identifier, world, repository, run, sender),
  );
}

function checkLimits({ output, actions }: CheckRunChanges): void {
  if ((output?.annotations.length ?? 0) > mostAnnotations)
    throw invalid("CheckRun", "annotations", "annotations exceeds a maximum quantity of 50");
  for (const field of ["summary", "text"] as const) {
    if (Buffer.byteLength(output?.[field] ?? "") > longestText)
      throw invalid("CheckRun", field, `${field} exceeds a maximum bytesize of 65535`);
  }
  if ((actions?.length ?? 0) > mostActions)
    throw invalid("CheckRun", "actions", "actions exceeds a maximum quantity of 3");
  for (const annotation of output?.annotations ?? []) {
    const columns = annotation.startColumn !== undefined || annotation.endColumn !== undefined;
    if (columns && annotation.startLine !== annotation.endLine)
      throw invalid("CheckRun", "annotations", "columns are allowed on a single line only");
  }
}

function apply(run: CheckRun, changes: CheckRunChanges): void {
  run.name = changes.name ?? run.name;
  run.externalId = changes.externalId ?? run.externalId;
  run.detailsUrl = changes.detailsUrl ?? run.detailsUrl;
  run.startedAt = changes.startedAt ?? run.startedAt;
  run.actions = changes.actions ?? run.actions;
  if (changes.output !== undefined) {
    run.title = changes.output.title ?? run.title;
    run.summary = changes.output.summary;
    run.text = changes.output.text ?? run.text;
    // Later updates append: that is how more than 50 annotations are sent.
    run.annotations = [...run.annotations, ...changes.output.annotations];
  }
  if (changes.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = changes.conclusion;
    run.completedAt = changes.completedAt ?? timestamp();
    return;
  }
  if (changes.status === undefined) return;
  if (changes.status === "completed")
    throw invalid("CheckRun", "conclusion", "conclusion is required when status is completed");
  run.status = changes.status;
  run.conclusion = null;
  run.completedAt = null;
}

function branchOf(repository: Repository, headSha: string): string | null {
  const pull = [...repository.pulls.values()].find((each) => each.head.sha === headSha);
  if (pull === undefined) return repository.defaultBranch;
  return pull.head.repository === repository ? pull.head.ref : null;
}
