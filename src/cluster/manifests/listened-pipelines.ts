import type { PipelineUseSite } from "../../streams/checks/pipeline-uses.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { PipelineRef, WorkspaceSource } from "../../streams/types.ts";
import type { Problem } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { trialUse } from "../../streams/runs/trial-use.ts";
import type { ManifestOptions } from "./manifest-options.ts";
import { pipelineName } from "../pipeline-name.ts";
import { workspaceKinds } from "../workspace-kinds.ts";
import { locatedSites } from "./located-sites.ts";
import { paramsOfTrigger, type TriggerParam } from "./params-of-trigger.ts";

/** One Trigger: a pipeline, its string params, and one way of binding its workspaces. */
export interface ListenedPipeline {
  /** Of the Trigger, its binding and its template. */
  readonly trigger: string;
  /** What the filter compares. */
  readonly pipeline: string;
  readonly workspaceKinds: string;
  /** `cluster`: the pipeline is there by name; `git`: it is fetched at the run's commit. */
  readonly from: "cluster" | "git";
  readonly params: readonly TriggerParam[];
  /** By name, bound as one of the uses does. */
  readonly workspaces: Readonly<Record<string, WorkspaceSource>>;
}

export interface Listened {
  readonly pipelines: readonly ListenedPipeline[];
  /** What no listener can carry; where there is one, the manifests would not do what the streams say. */
  readonly problems: readonly Problem[];
}

const kubernetesName = /^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/;

/** The triggers that the streams and channels of a repository need on a cluster, sorted by name. */
export function listenedPipelines(
  repository: StreamsRepository,
  { cluster, trials = false }: Pick<ManifestOptions, "cluster" | "trials"> = {},
): Listened {
  const byName = new Map<string, PipelineUseSite[]>();
  const sitesThere = locatedSites(repository)
    .filter((located) => cluster === undefined || located.cluster === cluster)
    .map(({ site }) => site);
  for (const site of trials ? sitesThere.flatMap(triedSite) : sitesThere) {
    const name = pipelineName(site.use.pipelineRef);
    byName.set(name, [...(byName.get(name) ?? []), site]);
  }
  const pipelines: ListenedPipeline[] = [];
  const problems: Problem[] = [];
  for (const [name, sites] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [ref, ...others] = distinctRefs(sites);
    if (ref === undefined) continue;
    if (!kubernetesName.test(name)) problems.push(unusableName(name));
    if (others.length > 0) problems.push(sharedName(name, [ref, ...others]));
    const params = paramsOfTrigger(repository, name, sites);
    problems.push(...params.problems);
    const from = "name" in ref ? "cluster" : "git";
    const ways = combinations(sites);
    const triggers = triggerNames(name, ways.length, byName);
    pipelines.push(
      ...ways.map(({ kinds, workspaces }, index): ListenedPipeline => ({
        trigger: triggers[index] ?? name,
        pipeline: name,
        workspaceKinds: kinds,
        from,
        params: params.params,
        workspaces,
      })),
    );
  }
  return { pipelines, problems };
}

function triedSite(site: PipelineUseSite): PipelineUseSite[] {
  return site.kind === "build" ? [{ ...site, use: trialUse(site.use) }] : [];
}

/** Revisions apart: a trigger takes the one that each request names. */
function distinctRefs(sites: readonly PipelineUseSite[]): PipelineRef[] {
  const placeOf = (ref: PipelineRef): string =>
    "git" in ref ? `${ref.git.url} ${ref.git.path}` : "path" in ref ? ref.path : ref.name;
  return [...new Map(sites.map(({ use }) => [placeOf(use.pipelineRef), use.pipelineRef])).values()];
}

function combinations(sites: readonly PipelineUseSite[]) {
  const found = new Map(
    sites.map(({ use }) => [workspaceKinds(use.workspaces ?? {}), use.workspaces ?? {}]),
  );
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kinds, workspaces]) => ({ kinds, workspaces }));
}

/** The pipeline's own name, and numbered ones that no other pipeline has: `build`, `build-2` and so on. */
function triggerNames(
  name: string,
  count: number,
  pipelines: ReadonlyMap<string, unknown>,
): readonly string[] {
  const names = [name];
  for (let number = 2; names.length < count; number++) {
    const numbered = `${name}-${number}`;
    if (!pipelines.has(numbered)) names.push(numbered);
  }
  return names;
}

function unusableName(name: string): Problem {
  return {
    kind: "unsupported",
    where: `pipeline ${quoted(name)}`,
    what: "No Trigger can have this name.",
    next: "Rename the file: small letters, digits and dashes, at most 52.",
  };
}

function sharedName(name: string, refs: readonly PipelineRef[]): Problem {
  return {
    kind: "unsupported",
    where: `pipeline ${quoted(name)}`,
    what: `${refs.length} pipelines have this name, and a trigger knows them by it alone.`,
    next: "Rename all but one of the files, or give them clusters of their own.",
  };
}
