export interface RememberOptions<Input, Answer> {
  readonly keyOf: (input: Input) => string;
  /** How many milliseconds an answer is good for; Infinity for good. */
  readonly lifeOf: (answer: Answer) => number;
  /** How many answers are kept. */
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes a function remember what it answered. Calls for the same thing at the same time share one; a throw is forgotten. */
export function remember<Input, Answer>(
  answer: (input: Input) => Promise<Answer>,
  { keyOf, lifeOf, limit, now }: RememberOptions<Input, Answer>,
): (input: Input) => Promise<Answer> {
  const known = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  return async (input) => {
    const key = keyOf(input);
    const kept = known.get(key);
    if (kept !== undefined && kept.until > now()) return await kept.answer;
    const asked = answer(input);
    known.set(key, { answer: asked, until: Number.POSITIVE_INFINITY });
    try {
      const given = await asked;
      known.set(key, { answer: asked, until: now() + lifeOf(given) });
      for (const oldest of known.keys()) {
        if (known.size <= limit) break;
        known.delete(oldest);
      }
      return given;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
}
