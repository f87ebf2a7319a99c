import { failed, ok, type Result } from "../problem.ts";

const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a Go duration such as `1h30m0s`; `0` is 0, which Tekton reads as "no timeout".
 * https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): Result<number> {
  if (text === "0") return ok(0);
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/u.test(text)) {
    return failed({
      kind: "invalid",
      what: `"${text}" is no duration.`,
      next: "Write numbers with units, such as 1h30m or 90s.",
    });
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gu)];
  return ok(
    parts.reduce((sum, [, amount, unit]) => {
      return sum + Number(amount) * (unitMilliseconds[unit ?? ""] ?? 0);
    }, 0),
  );
}
