/** One rule of what goes wrong. */
export interface FaultRule {
  readonly match: (method: string, path: string) => boolean;
  /** How many matching requests it meets before it is spent. */
  readonly times: number;
  /** A status, no answer at all, or a broken connection. */
  readonly respond: 500 | 502 | 429 | "hang" | "drop";
  /** The request has its effect, only the answer is lost. */
  readonly after?: boolean;
}

export interface Faults {
  add(rule: FaultRule): void;
  /** The rule that meets this request, counted down. */
  take(method: string, path: string): FaultRule | undefined;
}

export function createFaults(): Faults {
  const left = new Map<FaultRule, number>();
  return {
    add(rule) {
      left.set(rule, rule.times);
    },
    take(method, path) {
      for (const [rule, times] of left) {
        if (times <= 0 || !rule.match(method, path)) continue;
        left.set(rule, times - 1);
        return rule;
      }
      return undefined;
    },
  };
}
