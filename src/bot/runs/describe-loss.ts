import type { ClusterClient } from "../../cluster/types.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunLoss } from "./decide-run-step.ts";
import { formatDuration } from "../../format-duration.ts";

type LostRun = Pick<
  Run,
  "name" | "cluster" | "eventId" | "requestedAt" | "sentAt" | "submittedAt" | "deadlineAt" | "error"
>;
type Place = Pick<ClusterClient, "namespace" | "runNames">;

/** What a person is told of a run that was given up: what is known, what it usually is, and where to look. */
export function describeLoss(loss: RunLoss, run: LostRun, place: Place): string {
  return descriptions[loss](run, place);
}

const descriptions: Readonly<Record<RunLoss, (run: LostRun, place: Place) => string>> = {
  "never-started": neverStarted,
  deleted: ({ name, cluster }) =>
    `PipelineRun ${name} was deleted on cluster ${cluster} before its end was seen.`,
  "name-taken": ({ name, cluster }) =>
    `A PipelineRun named ${name} stands on cluster ${cluster} that this request did not make. Rename or delete it, then write \`/retry\`.`,
  "answer-lost": ({ cluster, sentAt, requestedAt, error }, { namespace }) =>
    `Whether the EventListener of cluster ${cluster} took the request is not known${error === null ? "" : `: ${error}`} ` +
    "It makes up the names of its runs, so sending the request again could build twice. " +
    `Look whether a run began at ${sentAt ?? requestedAt}: \`kubectl -n ${namespace} get pipelineruns --sort-by=.metadata.creationTimestamp\`. ` +
    "If there is none, write `/retry`.",
};

function neverStarted(run: LostRun, { namespace, runNames }: Place): string {
  const { eventId, submittedAt, deadlineAt, cluster } = run;
  const within =
    submittedAt === null || deadlineAt === null ? "time" : formatDuration(submittedAt, deadlineAt);
  const event = eventId ?? "unknown";
  const reasons = [
    ...(runNames === "fixed"
      ? ["the listener's secret is not the bot's, so that it rejects the signature;"]
      : []),
    "no trigger answers to this pipeline with its workspaces and parameters: `okd-streams tekton manifests` makes it, and it has to be applied;",
    "the listener's service account may not create PipelineRuns in that namespace, or may not find Tekton's interceptors;",
    "Tekton's webhook refused the PipelineRun.",
  ];
  const commands = [
    `kubectl -n ${namespace} logs -l app.kubernetes.io/managed-by=EventListener --tail=-1 | grep ${event}`,
    `kubectl -n ${namespace} get pipelineruns -l triggers.tekton.dev/triggers-eventid=${event}`,
    `kubectl -n ${namespace} get events --sort-by=.lastTimestamp`,
    `tkn -n ${namespace} eventlistener list`,
  ];
  return [
    `It did not start within ${within}: the EventListener of cluster ${cluster} took the request (event ${event}), but no PipelineRun appeared. The usual reasons:`,
    "",
    ...reasons.map((reason) => `- ${reason}`),
    "",
    "Where to look:",
    "",
    ...commands.map((command) => `    ${command}`),
  ].join("\n");
}
