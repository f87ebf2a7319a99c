import { parseAllDocuments } from "yaml";
import { z } from "zod";
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
  metadata: z.looseObject({}).prefault({}),
});
const statusSchema = z.object({ message: z.string().default("") });

/** What the API server says to a file, asked through a proxy: its own checks, and those of Tekton's webhook. */
export async function clusterVerdict(
  proxyUrl: string,
  namespace: string,
  text: string,
): Promise<Verdict> {
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) return { refused: document.errors.map(String).join("; ") };
    const value: unknown = document.toJS();
    if (value === null) continue;
    const object = objectSchema.safeParse(value);
    if (!object.success) return { refused: "no object of Kubernetes" };
    // What else an example brings is no matter of Tekton's.
    if (!object.data.apiVersion.startsWith("tekton.dev/")) continue;
    const verdict = await create(proxyUrl, namespace, object.data);
    if (verdict.refused !== undefined) return verdict;
  }
  return {};
}

async function create(
  proxyUrl: string,
  namespace: string,
  object: z.output<typeof objectSchema>,
): Promise<Verdict> {
  const group = object.apiVersion.includes("/")
    ? `apis/${object.apiVersion}`
    : `api/${object.apiVersion}`;
  const url = `${proxyUrl}/${group}/namespaces/${namespace}/${object.kind.toLowerCase()}s?dryRun=All&fieldValidation=Strict`;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...object, metadata: { ...object.metadata, namespace } }),
  });
  const body = await answer.text();
  if (answer.ok || answer.status === 409) return {};
  if (answer.status === 404) return { refused: `no kind ${object.kind} in ${object.apiVersion}` };
  return { refused: statusSchema.parse(JSON.parse(body)).message };
}
