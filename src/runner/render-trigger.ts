import { failed, ok, type Result } from "../problem.ts";
import type { Trigger, TriggerBinding, TriggerTemplate } from "./trigger-schemas.ts";

/** One event as bindings see it. */
export interface TriggerEvent {
  readonly body: unknown;
  /** Names in lower case. */
  readonly header: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function lookUp(expression: string, event: TriggerEvent): unknown {
  const [root = "", ...keys] = expression.replaceAll(/\[['"]?([^\]'"]+)['"]?\]/g, ".$1").split(".");
  if (root === "header") return event.header[keys.join(".").toLowerCase()];
  if (root !== "body" && root !== "extensions") return undefined;
  return keys.reduce<unknown>((value, key) => member(value, key), event[root]);
}

/** Tekton Triggers doubles the dollar of `$(`, so that nothing in an event is read as a variable of the run. */
function escapeVariables(text: string): string {
  return text.replaceAll("$(", "$$$$(");
}

/** The value of one binding; undefined where it names something that the event does not have. */
function bindingValue(template: string, event: TriggerEvent): string | undefined {
  const expressions = [...template.matchAll(/\$\(([^()]+)\)/g)].map(([, inner = ""]) => inner);
  if (expressions.some((expression) => lookUp(expression, event) === undefined)) return undefined;
  return template.replaceAll(/\$\(([^()]+)\)/g, (_, expression: string) => {
    const found = lookUp(expression, event);
    return escapeVariables(typeof found === "string" ? found : JSON.stringify(found));
  });
}

function substitute(value: unknown, params: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(
      /\$\(tt\.params\.([A-Za-z0-9_.-]+)\)/g,
      (whole, name: string) => params.get(name) ?? whole,
    );
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => substitute(entry, params));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, substitute(entry, params)]),
  );
}

/**
 * The objects that a trigger makes of an event, all its values strings.
 * A problem names the binding that the event has no value for, where the template has no default either.
 * https://tekton.dev/docs/triggers/triggerbindings/
 */
export function renderTrigger(
  trigger: Trigger,
  bindings: ReadonlyMap<string, TriggerBinding>,
  template: TriggerTemplate,
  event: TriggerEvent,
): Result<readonly unknown[]> {
  const values = new Map<string, string>();
  const unresolved: string[] = [];
  for (const binding of trigger.bindings) {
    const params = "ref" in binding ? (bindings.get(binding.ref)?.spec.params ?? []) : [binding];
    for (const { name, value } of params) {
      const found = bindingValue(value, event);
      if (found === undefined) unresolved.push(`${name} (${value})`);
      else values.set(name, found);
    }
  }
  for (const { name, default: otherwise } of template.spec.params) {
    if (values.has(name)) continue;
    if (otherwise !== undefined) {
      values.set(name, otherwise);
      continue;
    }
    return failed({
      kind: "invalid",
      where: `trigger "${trigger.name}"`,
      what: `There is no value for the template's param "${name}".`,
      next: `Of the event these could not be read: ${unresolved.join(", ") || "none"}.`,
    });
  }
  return ok(template.spec.resourcetemplates.map((resource) => substitute(resource, values)));
}
