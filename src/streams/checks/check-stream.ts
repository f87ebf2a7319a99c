import type { StreamSurroundings } from "./checkable.ts";
import { streamChecks } from "./checks.ts";
import type { Mistake } from "./mistake.ts";
import type { Sourced } from "../repository.ts";
import { haveSameEntries } from "../same-entries.ts";
import type { Stream } from "../types.ts";

interface Checked {
  readonly around: StreamSurroundings;
  readonly mistakes: readonly Mistake[];
}

/** One change leaves nearly all streams of a repository, and mostly all that is around them, as they were. */
const checked = new WeakMap<Sourced<Stream>, Checked>();

const lastSurroundings: StreamSurroundings[] = [];
const maximumSurroundings = 16;

/** The mistakes of one stream, remembered for as long as it is checked in the same surroundings. */
export function checkStream(
  stream: Sourced<Stream>,
  around: StreamSurroundings,
): readonly Mistake[] {
  const known = checked.get(stream);
  if (known?.around === around) return known.mistakes;
  const mistakes = streamChecks.flatMap((check) => check(stream, around));
  checked.set(stream, { around, mistakes });
  return mistakes;
}

/** The same object as before for surroundings of the same content, so that `checkStream` knows them again. */
export function sharedSurroundings(around: StreamSurroundings): StreamSurroundings {
  const known = lastSurroundings.find((other) => isSame(other, around));
  if (known !== undefined) return known;
  lastSurroundings.unshift(around);
  lastSurroundings.splice(maximumSurroundings);
  return around;
}

function isSame(a: StreamSurroundings, b: StreamSurroundings): boolean {
  return (
    a.now.getTime() === b.now.getTime() &&
    haveSameEntries(a.pipelines, b.pipelines) &&
    haveSameEntries(a.tasks, b.tasks) &&
    haveSameEntries(a.elsewhere, b.elsewhere) &&
    a.tektonPaths.size === b.tektonPaths.size &&
    [...a.tektonPaths].every((path) => b.tektonPaths.has(path))
  );
}
