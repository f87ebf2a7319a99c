import { failed, ok } from "../../problem.ts";
import type { Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";

const longest = 52;
const namePattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** A name that a stream or a channel may have, or what is wrong with it and a name like it. */
export function scaffoldName(name: string, kind: "stream" | "channel"): Result<string> {
  if (name.length <= longest && namePattern.test(name)) return ok(name);
  const near = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
  return failed({
    kind: "invalid",
    what: `${quoted(name)} is no name of a ${kind}: it has lower case letters, digits and inner hyphens, at most ${longest}.`,
    ...(near !== "" && { next: `Take ${quoted(near)}, for example.` }),
  });
}
