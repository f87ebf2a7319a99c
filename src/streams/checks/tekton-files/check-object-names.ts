import { posix } from "node:path";
import { valueAt } from "../../json.ts";
import { quoted } from "../../../quoted.ts";
import { groupOf } from "../../tekton-files/read-tekton-objects.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { groupBy } from "./group-by.ts";

/** Tekton objects of one name in one folder; those of other folders may be for other clusters, or patches. */
export function checkObjectNames({ documents }: TektonObjects): Mistake[] {
  const named = documents.flatMap(({ path, source, value }) => {
    const name = valueAt(value, ["metadata", "name"]);
    const { kind, apiVersion } = value;
    const isOfTekton = /^(triggers\.)?tekton\.dev$/.test(groupOf(apiVersion));
    if (!isOfTekton || typeof kind !== "string" || typeof name !== "string") return [];
    const namespace = valueAt(value, ["metadata", "namespace"]);
    const key = JSON.stringify([posix.dirname(path), kind, namespace ?? "", name]);
    return [{ path, source, kind, name, key }];
  });
  return [...groupBy(named, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    others.map(({ source, kind, name }) =>
      mistakeAt(source, "tekton-name-twice", ["metadata", "name"], "value", {
        message: `There is another ${kind} ${quoted(name)} in ${first?.path ?? ""}.`,
        help: "Rename one of them, or remove it.",
      }),
    ),
  );
}
