import type { ObjectChange, ObjectStore } from "./object-store.ts";

export interface WatchOptions {
  /** Changes after this version; 0 for everything that there is. */
  readonly since: number;
  readonly seconds: number;
}

/**
 * A Kubernetes watch: one JSON object a line, first what changed since the version given, then each change as it
 * happens, until the client goes or the time is over.
 */
export function watchObjects(
  store: ObjectStore,
  kind: "PipelineRun" | "TaskRun",
  matches: (labels: Readonly<Record<string, string>>) => boolean,
  { since, seconds }: WatchOptions,
): Response {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = ({ type, object }: ObjectChange): void => {
        if (object.kind !== kind || !matches(object.metadata.labels)) return;
        controller.enqueue(encoder.encode(`${JSON.stringify({ type, object })}\n`));
      };
      const collection = kind === "PipelineRun" ? store.pipelineRuns : store.taskRuns;
      for (const object of collection.list()) {
        if (Number(object.metadata.resourceVersion) <= since) continue;
        send({ type: since === 0 ? "ADDED" : "MODIFIED", object });
      }
      const unsubscribe = store.subscribe(send);
      const timer = setTimeout(() => {
        end();
        controller.close();
      }, seconds * 1000);
      timer.unref();
      end = () => {
        clearTimeout(timer);
        unsubscribe();
      };
    },
    cancel: () => end(),
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}
