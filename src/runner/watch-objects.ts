import { kubernetesStatus } from "./kubernetes-status.ts";
import type { ObjectChange, ObjectStore } from "./object-store.ts";

export interface WatchOptions {
  /** Changes after this version; 0 for everything that there is. */
  readonly since: number;
  readonly seconds: number;
  /** Whether the client asked to be told how far it is. */
  readonly bookmarks: boolean;
}

/**
 * A Kubernetes watch: one JSON object a line, first what changed since the version given, then each change as it
 * happens, until the client goes or the time is over. A version that is too long ago is answered with an event of type
 * ERROR and the code 410. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function watchObjects(
  store: ObjectStore,
  kind: "PipelineRun" | "TaskRun",
  matches: (labels: Readonly<Record<string, string>>) => boolean,
  { since, seconds, bookmarks }: WatchOptions,
): Response {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (event: object): void =>
        controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      const send = ({ type, object }: ObjectChange): void => {
        if (object.kind === kind && matches(object.metadata.labels ?? {})) write({ type, object });
      };
      const past = since === 0 ? everything(store, kind) : store.changesSince(since);
      if (past === undefined) {
        const message = `too old resource version: ${since} (${store.version()})`;
        write({ type: "ERROR", object: kubernetesStatus(410, "Expired", message) });
        controller.close();
        return;
      }
      past.forEach(send);
      const unsubscribe = store.subscribe(send);
      const timer = setTimeout(() => {
        end();
        const metadata = { resourceVersion: store.version() };
        if (bookmarks)
          write({ type: "BOOKMARK", object: { kind, apiVersion: "tekton.dev/v1", metadata } });
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

function everything(store: ObjectStore, kind: "PipelineRun" | "TaskRun"): readonly ObjectChange[] {
  const collection = kind === "PipelineRun" ? store.pipelineRuns : store.taskRuns;
  return collection.list().map((object) => ({ type: "ADDED", object }));
}
