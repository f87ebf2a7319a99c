import { failed, ok, type Result } from "../problem.ts";
import { quoted } from "../quoted.ts";
import { nearestName } from "../suggest-name.ts";
import { substituteValue, type Variables } from "../tekton/substitute.ts";
import type { ObjectRef } from "../tekton/types.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import type { SourceDocument } from "../yaml/types.ts";
import type { RunnerContext } from "./context.ts";
import type { GitReference } from "./git-resolver.ts";
import type { RefSource } from "./types.ts";

/** An object that a reference led to, and where it came from when that was git. */
export interface Resolved<T> {
  readonly value: T;
  readonly source?: RefSource;
}

/** What leads to an object here; no resolver is a name in the namespace. */
export const knownResolvers = ["", "git", "cluster"];

const gitParams = ["url", "revision", "pathInRepo"];

function gitReference(ref: ObjectRef, variables: Variables): Result<GitReference> {
  const values = new Map<string, string>();
  for (const { name, value } of ref.params ?? []) {
    const text = substituteValue(value, variables);
    if (!gitParams.includes(name) || typeof text !== "string") {
      return failed({
        kind: "unsupported",
        what: `the local runner's git resolver does not know the param "${name}".`,
        next: `Give ${gitParams.join(", ")} as strings.`,
      });
    }
    values.set(name, text);
  }
  return ok({
    url: values.get("url") ?? "",
    revision: values.get("revision") ?? "",
    path: values.get("pathInRepo") ?? "",
  });
}

async function fromGit<T>(
  context: RunnerContext,
  wanted: GitReference,
  parse: (document: SourceDocument) => Result<T>,
): Promise<Result<Resolved<T>>> {
  const pinned = await context.pinGit(wanted);
  if (!pinned.ok) return pinned;
  const reference = pinned.value;
  const text = await context.resolveGit(reference);
  if (!text.ok) return text;
  const { documents, problems } = parseYaml(reference.path, text.value, "kubernetes");
  const [document] = documents;
  if (document === undefined || documents.length > 1 || problems.length > 0) {
    const message = problems[0]?.message ?? "It has to hold exactly one document.";
    return failed({ kind: "invalid", what: message, where: reference.path });
  }
  const value = parse(document);
  if (!value.ok) return value;
  const source: RefSource = {
    uri: `git+${reference.url}`,
    digest: { sha1: reference.revision },
    entryPoint: reference.path,
  };
  return ok({ value: value.value, source });
}

/** What the cluster resolver is asked for; every namespace is the one that there is here. */
function clusterReference(ref: ObjectRef, variables: Variables): Pick<ObjectRef, "kind" | "name"> {
  const texts = (ref.params ?? []).map(({ name, value }) => {
    const text = substituteValue(value, variables);
    return [name, typeof text === "string" ? text : ""] as const;
  });
  const { kind = "object", name = "" } = Object.fromEntries(texts);
  return { kind, name };
}

/**
 * The Pipeline or Task that a reference names: in the namespace by its name or through the cluster resolver, or through
 * the git resolver.
 */
export async function resolveReference<T>(
  context: RunnerContext,
  ref: ObjectRef,
  variables: Variables,
  inNamespace: ReadonlyMap<string, T>,
  parse: (document: SourceDocument) => Result<T>,
): Promise<Result<Resolved<T>>> {
  const { resolver = "" } = ref;
  if (!knownResolvers.includes(resolver)) {
    return failed({
      kind: "unsupported",
      what: `the local runner does not support the resolver "${resolver}".`,
      next: "Name an object of the same files, or one in a git repository.",
    });
  }
  if (resolver === "git") {
    const reference = gitReference(ref, variables);
    return reference.ok ? fromGit(context, reference.value, parse) : reference;
  }
  const wanted = resolver === "cluster" ? clusterReference(ref, variables) : ref;
  const found = inNamespace.get(wanted.name ?? "");
  if (found !== undefined) return ok({ value: found });
  // What Tekton takes a reference without a kind for.
  const { kind = "Task", name = "" } = wanted;
  const nearest = nearestName(name, inNamespace.keys());
  return failed({
    kind: "not-found",
    what: `there is no ${kind} ${quoted(name)} here.`,
    next:
      nearest === undefined
        ? `Create it first, or give its file to \`okd-streams run\` with one more -f.`
        : `Did you mean ${quoted(nearest)}?`,
  });
}
