import type { Identity } from "../git/objects.ts";
import { emailOf } from "../shapes/user-shape.ts";
import type { Account } from "../types.ts";

/** Who stands as the author of what an account does through the API or the pages. */
export function identityOf(account: Account, date: string): Identity {
  return { name: account.name, email: emailOf(account), date };
}

/** GitHub itself commits merges. */
export function githubIdentity(date: string): Identity {
  return { name: "GitHub", email: "noreply@github.com", date };
}
