type Labels = Readonly<Record<string, string>>;

function parseTerm(term: string): ((labels: Labels) => boolean) | undefined {
  const match = /^(!?)([\w./-]+)(?:\s*(==|=|!=)\s*([\w.-]*))?$/.exec(term);
  if (match === null) return undefined;
  const [, not, key = "", operator, value = ""] = match;
  const has = (labels: Labels): boolean => Object.hasOwn(labels, key);
  if (operator === undefined) return (labels) => has(labels) === (not === "");
  if (not !== "") return undefined;
  return operator === "!="
    ? (labels) => labels[key] !== value
    : (labels) => has(labels) && labels[key] === value;
}

/**
 * The test that a label selector of `=`, `==`, `!=`, `key` and `!key` stands for; undefined where it is another.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseLabelSelector(selector: string): ((labels: Labels) => boolean) | undefined {
  const terms = selector.split(",").map((term) => term.trim());
  if (selector.trim() === "") return () => true;
  const tests = terms.map(parseTerm);
  const known = tests.filter((test) => test !== undefined);
  if (known.length < tests.length) return undefined;
  return (labels) => known.every((test) => test(labels));
}
