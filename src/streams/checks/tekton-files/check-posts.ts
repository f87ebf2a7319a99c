import { isRecord, valueAt } from "../../json.ts";
import { quoted } from "../../../quoted.ts";
import { bodyPathsIn } from "../../tekton-files/listened.ts";
import type { ListenedTrigger } from "../../tekton-files/listened.ts";
import { triggersByListener } from "../../tekton-files/known-runs.ts";
import { postsOf } from "../../tekton-files/posts.ts";
import type { Post } from "../../tekton-files/posts.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** Requests that CronJobs send to listeners, against the bindings that read them. */
export function checkPosts(objects: TektonObjects): Mistake[] {
  const triggers = triggersByListener(objects);
  return objects.documents.flatMap(postsOf).flatMap((post) => {
    const trigger = triggers.get(post.listener);
    if (trigger?.template === undefined || !trigger.isComplete) return [];
    return [...checkUnread(post, trigger), ...checkAbsent(post, trigger)];
  });
}

/** Where a key of the body has the name of a template's param, somebody meant it to arrive there. */
function checkUnread({ object, body, bodyAt }: Post, trigger: ListenedTrigger): Mistake[] {
  const defaults = new Map(
    (trigger.template?.value.spec.params ?? []).map((param) => [param.name, param.default]),
  );
  const given = new Set(trigger.params.map(({ name }) => name));
  return keysOf(body)
    .filter((key) => defaults.has(key) && !given.has(key))
    .map((key): Mistake => {
      const value = defaults.get(key);
      const instead = value === undefined ? "" : `; the template's default ${quoted(value)} counts`;
      return mistakeAt(object.source, "trigger-body-unread", bodyAt, "value", {
        piece: JSON.stringify(key),
        message: `No binding of the listener ${quoted(trigger.listener)} reads ${quoted(key)}${instead}.`,
        help: `Add a param ${quoted(key)} to its TriggerBinding, or leave it out here.`,
      });
    });
}

/** Of the body and of the objects directly in it. */
function keysOf(body: Post["body"]): string[] {
  const inner = Object.values(body).flatMap((value) => (isRecord(value) ? Object.keys(value) : []));
  return [...new Set([...Object.keys(body), ...inner])];
}

function checkAbsent({ object, body, bodyAt }: Post, trigger: ListenedTrigger): Mistake[] {
  const defaults = new Map(
    (trigger.template?.value.spec.params ?? []).map((param) => [param.name, param.default]),
  );
  return trigger.params.flatMap(({ name, value }) => {
    const absent = (bodyPathsIn(value) ?? []).find((way) => valueAt(body, way) === undefined);
    if (absent === undefined) return [];
    const otherwise = defaults.get(name);
    const so =
      otherwise === undefined
        ? "no run starts"
        : `the template's default ${quoted(otherwise)} counts`;
    return [
      mistakeAt(object.source, "trigger-body-incomplete", bodyAt, "value", {
        message: `The listener ${quoted(trigger.listener)} reads ${quoted(absent.join("."))} for ${quoted(name)}, which is not sent: ${so}.`,
        help: "Send it, or take it out of the TriggerBinding.",
      }),
    ];
  });
}
