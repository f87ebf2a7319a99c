/** What a file of a streams repository is, by its path. */
export type Place =
  | { readonly kind: "stream" | "channel" | "channelRelease"; readonly name: string }
  | { readonly kind: "settings" | "tekton" | "text" }
  | { readonly kind: "bad-path" | "misplaced" };

const plainPath = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;
const places: readonly [RegExp, "stream" | "channel" | "channelRelease"][] = [
  [/^streams\/([^/]+)\.yaml$/, "stream"],
  [/^streams\/channels\/([^/]+)\/channel\.yaml$/, "channel"],
  [/^streams\/channels\/([^/]+)\/release\.yaml$/, "channelRelease"],
];

/** Classifies a path; `text` is a file that nothing reads and that may stand there, such as a README. */
export function placeOf(path: string): Place {
  if (!plainPath.test(path) || path.split("/").some((part) => part === "." || part === "..")) {
    return { kind: "bad-path" };
  }
  if (path === ".github/okd-streams.yml") return { kind: "settings" };
  if (/\.(md|adoc|txt)$/.test(path)) return { kind: "text" };
  for (const [pattern, kind] of places) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined) return { kind, name };
  }
  if (!path.startsWith("tekton/")) return { kind: "misplaced" };
  if (path.endsWith(".yaml")) return { kind: "tekton" };
  return { kind: path.endsWith(".yml") ? "misplaced" : "text" };
}
