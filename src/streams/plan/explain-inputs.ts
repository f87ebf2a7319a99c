import { isList, isRecord } from "../json.ts";
import type { BuildInputs } from "./build-inputs.ts";

const longest = 60;

/** Why a stream would be built again, in words, a line for each input that differs; empty where none does. */
export function explainInputs(before: BuildInputs, after: BuildInputs): string[] {
  if (before === after) return [];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return old === now ? [] : explain(name, old, now);
  });
}

function explain(name: string, old: string | undefined, now: string | undefined): string[] {
  if (name.startsWith("tekton/")) {
    const kind = name.startsWith("tekton/pipelines/") ? "pipeline" : "task";
    if (old === undefined) return [`${kind} ${name} added`];
    return [`${kind} ${name} ${now === undefined ? "removed" : "changed"}`];
  }
  const shown = name.replace(/^build\.params\./, "param ").replace(/^build\./, "");
  return compare(shown, parsed(old), parsed(now));
}

/** Inputs are canonical JSON. */
function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/** Of two objects only the fields that differ are told. */
function compare(name: string, old: unknown, now: unknown): string[] {
  if (isRecord(old) && isRecord(now)) {
    const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return fields.flatMap((field) => compare(`${name}.${field}`, old[field], now[field]));
  }
  const [before, after] = [brief(old), brief(now)];
  if (old === undefined) return now === undefined ? [] : [`${name} set: ${after}`];
  if (now === undefined) return [`${name} removed`];
  return JSON.stringify(old) === JSON.stringify(now) ? [] : [`${name}: ${before} -> ${after}`];
}

function brief(value: unknown): string {
  const text = textOf(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** What can be read without quotes and brackets stands without them. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  if (isList(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value ?? null);
}
