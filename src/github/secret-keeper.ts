import { redact } from "./text.ts";

/** What must never leave: added when it becomes known, taken out of every text that goes to GitHub or a log. */
export interface SecretKeeper {
  add(secret: string): void;
  clean(text: string): string;
}

/** Tokens live an hour; far fewer than this are alive at once. */
const keptTokens = 500;

/** A keeper of the lasting `secrets`, and of the newest ones that are added later. */
export function createSecretKeeper(secrets: readonly string[]): SecretKeeper {
  const added = new Set<string>();
  return {
    add(secret) {
      added.add(secret);
      for (const oldest of added) {
        if (added.size <= keptTokens) break;
        added.delete(oldest);
      }
    },
    clean: (text) => redact(text, [...secrets, ...added]),
  };
}
