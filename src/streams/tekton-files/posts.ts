import { isRecord } from "../json.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Sourced } from "../repository.ts";
import { jobContainers } from "./job-texts.ts";
import type { Container } from "./kubernetes-schemas.ts";

/** A request that a container of a CronJob or a Job sends to an EventListener. */
export interface Post {
  readonly object: Sourced<Readonly<Record<string, unknown>>>;
  /** Of the listener. */
  readonly listener: string;
  /** As it is written, with `$(env.NAME)` for variables of the shell. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The argument or command that holds the body. */
  readonly bodyAt: NodePath;
  /** The way to each plain environment variable of the container, by its name. */
  readonly environment: ReadonlyMap<string, { readonly value: string; readonly at: NodePath }>;
}

const listenerAddress = /https?:\/\/el-([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)[.:/]/g;
const shellVariable = /\$\{(\w+)\}|\$(\w+)/g;
/** A script is a page; a longer one is no reason to look at every brace of it. */
const longestScript = 20_000;

/** The requests to listeners whose body can be read without running the script that sends it. */
export function postsOf(object: Sourced<Readonly<Record<string, unknown>>>): Post[] {
  return jobContainers(object.value).flatMap(({ container, at }) => postOf(object, container, at));
}

function postOf(object: Post["object"], container: Container, at: NodePath): Post[] {
  const environment = new Map(
    (container.env ?? []).flatMap(({ name, value }, index) =>
      value === undefined ? [] : [[name, { value, at: [...at, "env", index, "value"] }] as const],
    ),
  );
  const texts = (["command", "args"] as const).flatMap((field) =>
    (container[field] ?? []).map((text, index) => ({ text, at: [...at, field, index] })),
  );
  const everything = [
    ...texts.map(({ text }) => text),
    ...[...environment.values()].map((e) => e.value),
  ];
  const listeners = new Set(
    everything.flatMap((text) => [...text.matchAll(listenerAddress)].map(([, name = ""]) => name)),
  );
  const bodies = texts.flatMap(({ text, at: bodyAt }) =>
    bodiesIn(text).map((body) => ({ body, bodyAt })),
  );
  const [listener] = listeners;
  const [only] = bodies;
  // With two of either nobody knows which goes where.
  if (listener === undefined || listeners.size > 1) return [];
  if (only === undefined || bodies.length > 1) return [];
  return [{ object, listener, environment, ...only }];
}

/** The JSON objects that stand in a script as they are. */
function bodiesIn(script: string): Post["body"][] {
  if (script.length > longestScript) return [];
  const text = script.replace(shellVariable, (_, braced?: string, plain?: string) => {
    return `$(env.${braced ?? plain ?? ""})`;
  });
  const bodies: Post["body"][] = [];
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", start)) {
    const end = closingBrace(text, start);
    const body = parseObject(text.slice(start, end));
    if (body !== undefined) bodies.push(body);
    start = end;
  }
  return bodies;
}

/** Just behind the brace that closes the one at `start`, or the text's end. */
function closingBrace(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") open += 1;
    if (text[at] === "}") open -= 1;
    if (open === 0) return at + 1;
  }
  return text.length;
}

function parseObject(text: string): Post["body"] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
