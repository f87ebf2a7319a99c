import type * as z from "zod";
import { schemaFaults } from "../../../tekton/faults/schema-faults.ts";
import {
  eventListener,
  trigger,
  triggerBinding,
  triggerTemplate,
} from "../../../tekton/trigger-schemas.ts";
import { groupOf } from "../../tekton-files/read-tekton-objects.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import type { Mistake } from "../mistake.ts";
import { faultMistakes } from "./fault-mistakes.ts";

const schemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ["TriggerTemplate", triggerTemplate],
  ["TriggerBinding", triggerBinding],
  ["Trigger", trigger],
  ["EventListener", eventListener],
]);

/** What Tekton Triggers would not accept of its own objects. */
export function checkTriggerObjects({ documents }: TektonObjects): Mistake[] {
  return documents.flatMap(({ source, value }) => {
    if (groupOf(value["apiVersion"]) !== "triggers.tekton.dev") return [];
    const schema = schemas.get(typeof value["kind"] === "string" ? value["kind"] : "");
    const parsed = schema?.safeParse(value);
    if (schema === undefined || parsed?.success !== false) return [];
    const faults = schemaFaults(schema, value, parsed.error.issues);
    return faultMistakes(source, faults).map((mistake) => ({
      ...mistake,
      rule: "trigger-invalid",
    }));
  });
}
