import type { Outcome } from "./types.ts";

/**
 * Hears that a run has all that it needs, or why it ends before anything of it has started; settles with whether it may
 * begin.
 */
export type Begin = (refusal: Outcome | undefined) => Promise<boolean>;

/** A run that waits for no other. */
export const beginAlone: Begin = async (refusal) => Promise.resolve(refusal === undefined);

export interface Together {
  readonly begin: Begin;
  /** Whether one of them was refused. */
  isRefused(): boolean;
  /** Lets no run begin that has not. */
  end(): void;
}

/** For so many runs, of which none begins unless all can. */
export function beginTogether(count: number): Together {
  let waiting = count;
  let isRefused = false;
  let settle: (mayBegin: boolean) => void = () => undefined;
  const settled = new Promise<boolean>((resolve) => (settle = resolve));
  return {
    begin: async (refusal) => {
      waiting -= 1;
      isRefused ||= refusal !== undefined;
      if (waiting === 0) settle(!isRefused);
      return settled;
    },
    isRefused: () => isRefused,
    end: () => settle(false),
  };
}
