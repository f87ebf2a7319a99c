import type { Person } from "../person.ts";
import type { Login } from "../people.ts";
import type { World } from "../start-world.ts";

/** Where the story is played: the world, its people, and somebody who watches. */
export interface Stage {
  readonly world: World;
  readonly people: Readonly<Record<Login, Person>>;
  /** Plays one step: somebody acts, then what follows is waited for. Throws where it does not come. */
  step<A, O>(title: string, act: () => Promise<A>, observe: (acted: A) => Promise<O>): Promise<O>;
  /** Tells the audience something that was observed. */
  tell(text: string): void;
  /** Shows a comment of the bot as a person reads it. */
  show(comment: string): void;
}

/** A claim of the story; a false one ends it. */
export function check(claim: boolean, what: string): asserts claim {
  if (!claim) throw new Error(`the story is not true: ${what}`);
}
