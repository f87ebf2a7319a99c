import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { packageRoot } from "../package-root.ts";

const manifestSchema = z.object({
  default_permissions: z.object({
    metadata: z.literal("read"),
    checks: z.literal("write"),
    contents: z.literal("write"),
    issues: z.literal("write"),
    members: z.literal("read"),
    pull_requests: z.literal("write"),
  }),
  default_events: z.array(z.string()),
});

/** The permissions and events that app.yml asks GitHub for: the demo's App gets these and no others. */
export function readAppManifest(): z.output<typeof manifestSchema> {
  return manifestSchema.parse(parse(readFileSync(join(packageRoot, "app.yml"), "utf8")));
}
