import type { ContainerFields } from "../../tekton/types.ts";
import { usedFields } from "../used-fields.ts";

/** Sources of env entries that the local runner does not know. */
export function unsupportedEnv(
  { env = [] }: Pick<ContainerFields, "env">,
  at: string,
): readonly string[] {
  return env.flatMap(({ valueFrom }, index) => {
    const value = typeof valueFrom === "object" && valueFrom !== null ? valueFrom : {};
    const place = { at: `${at}.env[${index}].valueFrom`, value };
    return usedFields(place, ["resourceFieldRef", "fileKeyRef"]);
  });
}
