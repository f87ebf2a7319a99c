import {
  V1ResourceAttributes,
  V1SelfSubjectAccessReview,
  V1SelfSubjectAccessReviewSpec,
} from "@kubernetes/client-node";
import { failed, ok, type Result } from "../problem.ts";
import { openKubernetes } from "./kubernetes-access.ts";
import { kubernetesProblem } from "./kubernetes-problem.ts";
import type { KubernetesConfig } from "./load-kubeconfig.ts";
import { reasonOfFetch } from "./reason-of-fetch.ts";

export interface ExaminedCluster {
  readonly name: string;
  readonly listener: URL;
  readonly namespace: string;
  readonly kubernetes: KubernetesConfig;
  /** How long an answer may take; 10 s where not given. */
  readonly timeoutMs?: number;
}

/** One thing that has to hold, and whether it does. */
export interface ClusterCheck {
  readonly what: string;
  readonly result: Result<void>;
  /** Whether builds work without it. */
  readonly isOptional: boolean;
}

const fromManifests =
  "Bind the role that `okd-streams tekton manifests` makes for the bot to its account.";

/** Every right that the bot uses in the namespace of the builds: verbs, API group, resource. */
const needed = [
  ["get list watch patch", "tekton.dev", "pipelineruns"],
  ["list", "tekton.dev", "taskruns"],
  ["get", "", "pods/log"],
] as const;

/** What only plans and notes for people use. */
const triggers = ["eventlisteners", "triggers", "triggerbindings", "triggertemplates"];

/** Whether a cluster's API server answers, permits what the bot does there, and whether its listener answers. */
export async function examineCluster(cluster: ExaminedCluster): Promise<readonly ClusterCheck[]> {
  const { namespace } = cluster;
  const asked = needed.flatMap(([verbs, group, resource]) =>
    verbs.split(" ").map((verb) => ({ verb, group, resource, namespace })),
  );
  const permitted = asked.map(async (right): Promise<ClusterCheck> => {
    const what = `may ${right.verb} ${right.resource} in ${namespace}`;
    return { what, result: await isPermitted(cluster, right, fromManifests), isOptional: false };
  });
  const live = await isLive(cluster);
  const answers = { what: "the EventListener answers", result: live, isOptional: false };
  const checks = await Promise.all([...permitted, mayReadTriggers(cluster), mayReadNodes(cluster)]);
  return [answers, ...checks];
}

async function mayReadTriggers(cluster: ExaminedCluster): Promise<ClusterCheck> {
  const { namespace } = cluster;
  const group = "triggers.tekton.dev";
  const answers = await Promise.all(
    triggers.map((resource) =>
      isPermitted(cluster, { verb: "list", group, resource, namespace }, fromManifests),
    ),
  );
  const refused = answers.find((answer) => !answer.ok);
  const what = `may list triggers in ${namespace}`;
  return { what, result: refused ?? ok(undefined), isOptional: true };
}

/** Nodes belong to no namespace. */
async function mayReadNodes(cluster: ExaminedCluster): Promise<ClusterCheck> {
  const right = { verb: "list", group: "", resource: "nodes" };
  const next = "To let the bot say what builds need and no node offers, apply deploy/node-access.";
  const what = "may list nodes";
  return { what, result: await isPermitted(cluster, right, next), isOptional: true };
}

interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
}

async function isPermitted(
  { name, kubernetes, timeoutMs = 10_000 }: ExaminedCluster,
  { resource: whole, ...right }: Right,
  next: string,
): Promise<Result<void>> {
  const [resource = "", subresource] = whole.split("/");
  try {
    const { authorization, call } = openKubernetes(name, kubernetes, timeoutMs);
    const body = review({
      ...right,
      resource,
      ...(subresource === undefined ? {} : { subresource }),
    });
    const { status } = await authorization.createSelfSubjectAccessReview({ body }, call());
    if (status?.allowed === true) return ok(undefined);
    return failed({
      kind: "refused",
      what: `Kubernetes does not permit it${status?.reason === undefined || status.reason === "" ? "" : `: ${status.reason}`}.`,
      next,
    });
  } catch (error) {
    return failed(kubernetesProblem(name, error));
  }
}

function review(right: Right & { readonly subresource?: string }): V1SelfSubjectAccessReview {
  const spec = new V1SelfSubjectAccessReviewSpec();
  spec.resourceAttributes = Object.assign(new V1ResourceAttributes(), right);
  const asked = new V1SelfSubjectAccessReview();
  asked.spec = spec;
  return asked;
}

/** A listener answers /live without starting anything: https://tekton.dev/docs/triggers/eventlisteners/ */
async function isLive({ listener, timeoutMs = 10_000 }: ExaminedCluster): Promise<Result<void>> {
  const next = "Check the address in the server file, and whether the listener's pod runs.";
  try {
    const response = await fetch(liveAddress(listener), {
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return ok(undefined);
    return failed({ kind: "unavailable", what: `It answers ${response.status}.`, next });
  } catch (error) {
    const what = `It does not answer: ${reasonOfFetch(error)}.`;
    return failed({ kind: "unavailable", what, next });
  }
}

/** A route may lead to several listeners, each under a path of its own. */
function liveAddress(listener: URL): URL {
  const live = new URL(listener);
  live.pathname = `${listener.pathname.replace(/\/+$/, "")}/live`;
  return live;
}
