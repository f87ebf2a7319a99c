import { isAlias, isCollection, visit } from "yaml";
import type { Document, Node } from "yaml";
import { composeText, isEmpty } from "./compose-text.ts";
import { maximumNesting } from "./find-deep-nesting.ts";
import { findDuplicateKeys } from "./find-duplicate-keys.ts";
import { sourceDocument } from "./source-document.ts";
import { syntaxProblems } from "./syntax-problem.ts";
import { nodeRange, offsetRange } from "./text-places.ts";
import type { Dialect, ParsedYaml, SourceDocument, YamlProblem } from "./types.ts";

/** Enough to mend a file by; one broken quote can cause thousands. */
const maximumProblems = 10;
const maximumDocuments = 100;
/** Aliases may repeat a value, not multiply it: beyond this the text is a bomb. */
const maximumAliases = 50;

/**
 * The documents of a text with the places of their nodes, and every reason why it is no usable YAML.
 * Never throws. A document with a problem is not among `documents`; empty ones are left out.
 */
export function parseYaml(file: string, text: string, dialect: Dialect = "yaml-1.2"): ParsedYaml {
  const composed = composeText(text, dialect);
  if ("deep" in composed) return refused([tooDeep(text, composed.deep)]);

  const documents: SourceDocument[] = [];
  const problems: YamlProblem[] = [];
  let index = -1;
  for (const document of composed) {
    if (documents.length >= maximumDocuments || problems.length >= maximumProblems) break;
    const found = documentProblems(text, document);
    problems.push(...found);
    if (isEmpty(document)) continue;
    index += 1;
    if (found.length > 0) continue;
    const value = toValue(text, document);
    if ("problem" in value) problems.push(value.problem);
    else documents.push(sourceDocument({ file, text: () => text, index }, value.data));
  }
  if (documents.length === 0 && problems.length === 0) problems.push(empty(text));
  return { documents, problems: problems.slice(0, maximumProblems) };
}

function refused(problems: YamlProblem[]): ParsedYaml {
  return { documents: [], problems };
}

function documentProblems(text: string, document: Document.Parsed): YamlProblem[] {
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return syntaxProblems(text, errors);
  const endless = endlessAlias(text, document);
  if (endless !== undefined) return [endless];
  return findDuplicateKeys(document.contents).map(({ key, node }) => ({
    message: `The key ${JSON.stringify(key)} stands twice in the same mapping.`,
    help: "Keep one of the two.",
    range: nodeRange(text, node),
  }));
}

/** An alias within the value that it repeats, which would have no end. */
function endlessAlias(text: string, document: Document.Parsed): YamlProblem | undefined {
  if (!text.includes("&") || !text.includes("*")) return undefined;
  let found: Node | undefined;
  visit(document, {
    Alias: (_key, node, path) => {
      const around = path.filter((one) => isCollection(one) && one.anchor === node.source);
      // Looked up for these alone, as every look-up goes through the document.
      const repeated = around.length === 0 ? undefined : node.resolve(document);
      if (repeated === undefined || !around.includes(repeated)) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  if (found === undefined) return undefined;
  return {
    message: "The alias stands within the value that it repeats, which has no end then.",
    help: "Write the value out.",
    range: nodeRange(text, found),
  };
}

function toValue(
  text: string,
  document: Document.Parsed,
): { data: unknown } | { problem: YamlProblem } {
  try {
    return { data: document.toJS({ maxAliasCount: maximumAliases }) };
  } catch (error) {
    return {
      problem: {
        message: `The aliases can't be resolved: ${error instanceof Error ? error.message : "unknown reason"}.`,
        help: "Write the values out instead of repeating them through anchors and aliases.",
        range: nodeRange(text, firstAlias(document)),
      },
    };
  }
}

function firstAlias(document: Document.Parsed): Node | undefined {
  let first: Node | undefined;
  visit(document, {
    Alias: (_key, node) => {
      first = isAlias(node) ? node : undefined;
      return visit.BREAK;
    },
  });
  return first;
}

function tooDeep(text: string, offset: number): YamlProblem {
  return {
    message: `The YAML is nested deeper than ${maximumNesting} levels.`,
    help: "Flatten it; nothing that is read here is nested so deeply.",
    range: offsetRange(text, offset, offset + 1),
  };
}

function empty(text: string): YamlProblem {
  return {
    message: "The file holds no YAML document.",
    help: "Write the document, or delete the file.",
    range: offsetRange(text, 0, 0),
  };
}
