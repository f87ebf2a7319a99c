import type { SecretKeeper } from "./secret-keeper.ts";

/** What Octokit itself puts among the parameters of a request; headers rightly carry the token. */
const octokitOptions = new Set(["baseUrl", "headers", "mediaType", "method", "request", "url"]);

/** Takes secrets out of everything that a request would write to GitHub. */
export function cleanParameters(
  parameters: Readonly<Record<string, unknown>>,
  secrets: SecretKeeper,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!octokitOptions.has(name)) changed[name] = cleanValue(value, secrets);
  }
  return changed;
}

function cleanValue(value: unknown, secrets: SecretKeeper): unknown {
  if (typeof value === "string") return secrets.clean(value);
  if (Array.isArray(value)) return value.map((item: unknown) => cleanValue(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, cleanValue(item, secrets)]),
  );
}
