import type { ClusterClient, ObservedRun } from "../../cluster/types.ts";

const shownLines = 30;

/** The last lines of the step that failed the run, without Tekton's notes on the steps after it; empty where none did. */
export async function readLogTail(client: ClusterClient, run: ObservedRun): Promise<string> {
  const task = run.tasks.find(
    (candidate) => candidate.failedStep !== undefined && candidate.podName !== undefined,
  );
  if (task?.failedStep === undefined || task.podName === undefined) return "";
  const log = await client.readLog(task.podName, task.failedStep.container, shownLines);
  if (!log.ok) return `The log could not be read: ${log.problem.what}`;
  return log.value
    .split("\n")
    .filter((line) => !line.includes("Skipping step because a previous step failed"))
    .join("\n")
    .trimEnd();
}
