import { HTTP } from "cloudevents";
import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { eventIdKey } from "./read-run.ts";

/** What an event is good for: it is unsigned, unordered and may come twice, so it only says where to look. */
export type RunHint =
  | {
      readonly kind: "run";
      readonly runName: string;
      readonly namespace?: string;
      /** The event of ours that made it, where a listener did. */
      readonly eventId?: string;
    }
  /** An event of something else. */
  | { readonly kind: "ignored"; readonly type: string };

const kubernetesName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
  .max(253);

const labelValue = z.string().regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);

const metadataSchema = z.object({
  name: kubernetesName,
  namespace: z.exactOptional(kubernetesName),
  labels: z.object({ [eventIdKey]: labelValue.optional().catch(undefined) }).catch({}),
});

const pipelineRunEventSchema = z.object({ pipelineRun: z.object({ metadata: metadataSchema }) });

const taskRunEventSchema = z.object({
  taskRun: z.object({
    metadata: z.object({
      namespace: z.exactOptional(kubernetesName),
      labels: z.object({ "tekton.dev/pipelineRun": kubernetesName }),
    }),
  }),
});

/**
 * The run that a CloudEvent of Tekton is about; nothing else of it is believed.
 * https://tekton.dev/docs/pipelines/events/
 */
export function parseCloudEvent(
  headers: Readonly<Record<string, string>>,
  body: string,
): Result<RunHint> {
  const event = readEvent(headers, body);
  if (event === undefined) return failed(unreadable("This is no CloudEvent."));
  if (event.type.startsWith("dev.tekton.event.pipelinerun."))
    return hint(pipelineRunEventSchema.safeParse(event.data).data?.pipelineRun.metadata);
  if (event.type.startsWith("dev.tekton.event.taskrun.")) {
    const metadata = taskRunEventSchema.safeParse(event.data).data?.taskRun.metadata;
    if (metadata === undefined) return ok({ kind: "ignored", type: event.type });
    return hint({
      name: metadata.labels["tekton.dev/pipelineRun"],
      labels: {},
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    });
  }
  return ok({ kind: "ignored", type: event.type });
}

interface Event {
  readonly type: string;
  readonly data: unknown;
}

function readEvent(headers: Readonly<Record<string, string>>, body: string): Event | undefined {
  try {
    const event = HTTP.toEvent<unknown>({ headers: { ...headers }, body });
    return Array.isArray(event) ? undefined : { type: event.type, data: event.data };
  } catch {
    return undefined;
  }
}

function hint(metadata: z.output<typeof metadataSchema> | undefined): Result<RunHint> {
  if (metadata === undefined) return failed(unreadable("The event names no run."));
  const { name, namespace, labels } = metadata;
  const eventId = labels[eventIdKey];
  return ok({
    kind: "run",
    runName: name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(eventId === undefined ? {} : { eventId }),
  });
}

function unreadable(what: string) {
  return {
    kind: "invalid",
    where: "CloudEvent",
    what,
    next: "Tekton's events come in binary mode, with Ce-* headers and a JSON body.",
  } as const;
}
