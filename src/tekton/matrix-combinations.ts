import type { Matrix, Param } from "./types.ts";

/** Values of one of the runs that a matrix fans out to, by the names of its params. */
type Combination = Readonly<Record<string, string>>;

function listOf({ value }: Param): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

/** Every combination of the lists; the first list varies fastest, as Tekton counts them. */
function product(params: readonly Param[]): readonly Combination[] {
  const [first, ...rest] = params;
  if (first === undefined) return [];
  return rest.reduce<readonly Combination[]>(
    (combinations, param) =>
      listOf(param).flatMap((value) =>
        combinations.map((combination) => ({ ...combination, [param.name]: value })),
      ),
    listOf(first).map((value) => ({ [first.name]: value })),
  );
}

function included({ include = [] }: Matrix): readonly Combination[] {
  return include.map(({ params = [] }) =>
    Object.fromEntries(
      params.map(({ name, value }) => [name, typeof value === "string" ? value : ""]),
    ),
  );
}

/** Whether nothing that both name differs. */
function agrees(combination: Combination, other: Combination): boolean {
  return Object.entries(other).every(
    ([name, value]) => !Object.hasOwn(combination, name) || combination[name] === value,
  );
}

function shares(combination: Combination, other: Combination): boolean {
  return Object.entries(other).some(([name, value]) => combination[name] === value);
}

/**
 * As many runs as Tekton makes. It counts them apart from the combinations: for `include` every value that is in none
 * of the lists up to the first that is. Where both disagree there are runs without params of the matrix, or too few.
 */
function countRuns({ params = [], include = [] }: Matrix): number {
  const lists = new Map(params.map((param) => [param.name, listOf(param)]));
  const counted = [...lists.values()].reduce((count, { length }) => count * length, 1);
  const added = include.map((one) => {
    const known = (one.params ?? []).flatMap(({ name, value }) => {
      const list = lists.get(name);
      return list === undefined ? [] : [typeof value === "string" && list.includes(value)];
    });
    const end = known.indexOf(true);
    return end < 0 ? known.length : end;
  });
  return added.reduce((sum, count) => sum + count, counted);
}

function toParams(combination: Combination): readonly Param[] {
  return Object.entries(combination)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The params of every run that a matrix fans out to. What `include` has in common with combinations is added to them;
 * where it has nothing in common it is a run of its own, and without lists each is one.
 * https://tekton.dev/docs/pipelines/matrix/
 */
export function matrixCombinations(matrix: Matrix): readonly (readonly Param[])[] {
  const additions = included(matrix);
  const lists = matrix.params ?? [];
  if (lists.length === 0) return additions.map(toParams);
  const combinations = product(lists).map((combination) =>
    additions.reduce<Combination>(
      (whole, addition) => (agrees(whole, addition) ? { ...whole, ...addition } : whole),
      combination,
    ),
  );
  const all = additions.reduce<readonly Combination[]>((known, addition) => {
    const isNew =
      Object.keys(addition).length > 0 && !known.some((other) => shares(other, addition));
    return isNew ? [...known, addition] : known;
  }, combinations);
  return Array.from({ length: countRuns(matrix) }, (_, index) => toParams(all[index] ?? {}));
}
