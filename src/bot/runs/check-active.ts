import { failed, ok, type Result } from "../../problem.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Stream } from "../../streams/types.ts";
import { isActive } from "../builds-of.ts";

/** The stream of this name where the default branch has it and lets it be built; `refused` where it is paused or retired. */
export function checkActive({ streams }: StreamsRepository, name: string): Result<Stream> {
  const stream = streams.get(name)?.value;
  if (stream === undefined) {
    const names = [...streams.keys()].map((known) => `\`${known}\``).join(", ");
    return failed({
      kind: "not-found",
      what: `There is no valid stream \`${name}\` on the default branch.`,
      next: `Streams: ${names}.`,
    });
  }
  if (isActive(stream)) return ok(stream);
  return failed({
    kind: "refused",
    what: `The stream \`${name}\` is ${stream.spec.lifecycle?.state ?? "paused"}, so nothing builds it.`,
    next: "A pull request makes it `active` again in `spec.lifecycle`.",
  });
}
