import { Composer, Parser, isScalar } from "yaml";
import type { Document, Tags } from "yaml";
import { findDeepNesting } from "./find-deep-nesting.ts";
import { kubernetesScalars } from "./kubernetes-scalars.ts";
import type { Dialect } from "./types.ts";

const dialects = {
  "yaml-1.2": {},
  kubernetes: { merge: true, customTags: (tags: Tags) => [...kubernetesScalars, ...tags] },
};

/** The documents of a text one after the other, or the offset at which it is nested too deeply to be composed. */
export function composeText(
  text: string,
  dialect: Dialect = "yaml-1.2",
): Iterable<Document.Parsed> | { readonly deep: number } {
  const tokens = [...new Parser().parse(text)];
  const deep = findDeepNesting(tokens);
  if (deep !== undefined) return { deep };
  // Duplicate keys are found by findDuplicateKeys, in linear time.
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
    logLevel: "error",
    ...dialects[dialect],
  });
  return composer.compose(tokens);
}

export function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}
