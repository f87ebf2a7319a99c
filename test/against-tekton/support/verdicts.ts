import { parseAllDocuments } from "yaml";
import * as z from "zod";
import { validateTektonFiles } from "../../../src/streams/validate-tekton-files.ts";

/** One file, and what it is an example of. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

export interface Verdict {
  /** Why it is refused; nothing where it is taken. */
  readonly refused?: string;
}

/** What the static rules say: findings that fail a review. */
export function ourVerdict(text: string): Verdict {
  const content = new TextEncoder().encode(text);
  const file = { path: "sample.yaml", mode: "file", size: content.length, content } as const;
  const errors = validateTektonFiles([file]).filter(({ severity }) => severity === "error");
  if (errors.length === 0) return {};
  return { refused: errors.map(({ rule, message }) => `${rule}: ${message}`).join("; ") };
}

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ namespace: z.string().optional() }).prefault({}),
});
const statusSchema = z.object({ message: z.string().default("") });
const tektonKinds = /^(Pipeline|PipelineRun|Task|TaskRun|CustomRun|StepAction)$/;

/** Gives what the API server says to a file: its own checks, and those of Tekton's webhook. */
export type ClusterVerdict = (text: string) => Promise<Verdict>;

/** Asks through a proxy of the API server; nothing is made. */
export function openClusterVerdict(proxyUrl: string, namespace: string): ClusterVerdict {
  return async (text) => {
    const documents = parseAllDocuments(text);
    const objects = documents.filter((document) => document.toJS() !== null);
    if (objects.length === 0) return { refused: "no objects passed to create" };
    for (const document of objects) {
      if (document.errors.length > 0) return { refused: document.errors.map(String).join("; ") };
      const object = objectSchema.safeParse(document.toJS());
      if (!object.success) return { refused: "no object of Kubernetes" };
      const { apiVersion, kind, metadata } = object.data;
      // What else an example brings is no matter of Tekton's.
      if (!apiVersion.startsWith("tekton.dev/") && !tektonKinds.test(kind)) continue;
      if (metadata.namespace !== undefined) document.setIn(["metadata", "namespace"], namespace);
      const url = `${proxyUrl}/apis/${apiVersion}/namespaces/${namespace}/${kind.toLowerCase()}s`;
      const whole = documents.length === 1 && metadata.namespace === undefined;
      const verdict = await create(url, whole ? text : String(document));
      if (verdict.refused !== undefined) return verdict;
    }
    return {};
  };
}

/** Sends the YAML itself, which the API server reads with the library that kubectl has. */
async function create(url: string, yaml: string): Promise<Verdict> {
  const answer = await fetch(`${url}?dryRun=All&fieldValidation=Strict`, {
    method: "POST",
    headers: { "content-type": "application/yaml", accept: "application/json" },
    body: yaml,
  });
  const body = await answer.text();
  if (answer.ok || answer.status === 409) return {};
  if (answer.status === 404) return { refused: `no such kind: ${url}` };
  return { refused: statusSchema.parse(JSON.parse(body)).message };
}
