import type { Engine } from "../../runner/start-engine.ts";
import type { StoredObject } from "../../runner/object-store.ts";

const tailLines = 20;

function line(object: StoredObject): string | undefined {
  const [condition] = object.status?.conditions ?? [];
  if (condition === undefined) return undefined;
  const { kind, metadata } = object;
  const message =
    kind === "PipelineRun" || condition.status === "False" ? `: ${condition.message}` : "";
  return `${kind} ${metadata.name} ${condition.reason}${message}`;
}

async function stepLogs(
  engine: Engine,
  object: StoredObject,
  lines: number | undefined,
): Promise<string> {
  if (object.kind !== "TaskRun") return "";
  const texts = object.status.steps.map(async ({ container }) => {
    const log = await engine.readLog(object.status.podName, container, lines);
    return (log ?? "").replaceAll(/^/gm, `  [${container}] `).replace(/ {2}\[[^\]]*\] $/, "");
  });
  return (await Promise.all(texts)).join("");
}

/**
 * Writes every new state of every run as a line, the logs of the TaskRuns that ended (all of them, or the last lines
 * of those that failed). Gives the function that waits for the logs still to be written.
 */
export function tellProgress(
  engine: Engine,
  allLogs: boolean,
  write: (text: string) => void,
): () => Promise<void> {
  const told = new Map<string, string>();
  let pending: Promise<void> = Promise.resolve();
  engine.store.subscribe(({ object }) => {
    const text = line(object);
    if (text === undefined || told.get(object.metadata.uid) === text) return;
    told.set(object.metadata.uid, text);
    const status = object.status?.conditions[0]?.status;
    const wanted =
      object.kind === "TaskRun" && (allLogs ? status !== "Unknown" : status === "False");
    pending = pending.then(async () => {
      const logs = wanted ? await stepLogs(engine, object, allLogs ? undefined : tailLines) : "";
      write(`${text}\n${logs}`);
    });
  });
  return () => pending;
}
