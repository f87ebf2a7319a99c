import { posix } from "node:path";
import { quoted } from "../../../quoted.ts";
import { stringsIn } from "../../../tekton/references.ts";
import { nearestName } from "../../../suggest-name.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { renameKey } from "../../../yaml/node-fix.ts";
import { valueAt } from "../../json.ts";
import type { Sourced } from "../../repository.ts";
import { isKustomization, kustomizationsOf } from "../../tekton-files/kustomization-files.ts";
import type { Kustomization } from "../../tekton-files/kubernetes-schemas.ts";
import { foldersOf } from "../../tekton-files/nearby.ts";
import type { FileTree, TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { groupBy } from "./group-by.ts";

const listFields = ["resources", "bases", "components"] as const;
const patchFields = ["patches", "patchesJson6902"] as const;
/** What kustomize itself warns of, with what it recommends; only the first is a matter of its name alone. */
const deprecated: Readonly<Record<string, string>> = {
  bases: "Name the same under `resources`.",
  patchesStrategicMerge: "Name each under `patches`, as `path` or as `patch`.",
  patchesJson6902: "Write the same under `patches`.",
  vars: "Write `replacements`.",
  imageTags: "Write `images`.",
};
/** Names are compared letter by letter, which takes its time in a folder of thousands. */
const mostSuggestions = 200;

/** What kustomize would not find, would leave out, or would put into another namespace than its file says. */
export function checkKustomizations(objects: TektonObjects): Mistake[] {
  const { kustomizations, tree } = objects;
  const folders = new Set([...tree.paths].flatMap(foldersOf));
  const filesIn = groupBy(tree.paths, (path) => posix.dirname(path));
  return [
    ...kustomizations.flatMap(checkFields),
    ...kustomizations.flatMap((one) => checkEntries(one, tree, folders, filesIn)),
    ...checkNamespaces(objects),
    ...checkUnlisted(objects),
  ];
}

function checkFields({ source, value }: Sourced<Kustomization>): Mistake[] {
  return Object.entries(deprecated)
    .filter(([field]) => value[field] !== undefined)
    .map(([field, help]) => {
      const isRename = field === "bases" && value.resources === undefined;
      return mistakeAt(source, "kustomization-deprecated", [field], "key", {
        message: `\`${field}\` is deprecated.`,
        help,
        ...(isRename && { fix: renameKey([field], "resources") }),
      });
    });
}

interface Entry {
  readonly at: NodePath;
  readonly entry: string;
}

/** What a kustomization names: files, folders and addresses. */
function entriesOf(value: Kustomization): Entry[] {
  return [
    ...listFields.flatMap((field) =>
      (value[field] ?? []).map((entry, index) => ({ at: [field, index], entry })),
    ),
    ...patchFields.flatMap((field) =>
      (value[field] ?? []).flatMap(({ path }, index) =>
        path === undefined ? [] : [{ at: [field, index, "path"], entry: path }],
      ),
    ),
  ];
}

function checkEntries(
  { path, source, value }: Sourced<Kustomization>,
  tree: FileTree,
  folders: ReadonlySet<string>,
  filesIn: ReadonlyMap<string, readonly string[]>,
): Mistake[] {
  return entriesOf(value).flatMap(({ at, entry }): Mistake[] => {
    const named = resolve(path, entry);
    if (named === undefined || !isKnown(named, tree) || exists(named, tree)) return [];
    const isFolder = folders.has(named);
    const beside = (filesIn.get(posix.dirname(named)) ?? []).slice(0, mostSuggestions);
    return [
      mistakeAt(source, "kustomization-resource-missing", at, "value", {
        message: isFolder
          ? `The folder ${quoted(entry)} has no kustomization.yaml.`
          : `There is no ${quoted(entry)}.`,
        help: isFolder ? "Add one there, or name its files." : helpFor(named, beside),
      }),
    ];
  });
}

/** The path that an entry names; undefined where it is an address, or no path of this tree. */
function resolve(kustomization: string, entry: string): string | undefined {
  const isAddress = /\/\/|\?|@|:/.test(entry) || /^[\w-]+(\.[\w-]+)+\/[^/]/.test(entry);
  if (isAddress || entry.startsWith("/")) return undefined;
  const named = posix.join(posix.dirname(kustomization), entry).replace(/\/$/, "");
  if (named.startsWith("..")) return undefined;
  return named === "." ? "" : named;
}

function isKnown(path: string, { folders }: FileTree): boolean {
  return folders.some((folder) => folder === "" || path.startsWith(`${folder}/`));
}

function exists(path: string, { paths }: FileTree): boolean {
  return paths.has(path) || kustomizationsOf(path).some((file) => paths.has(file));
}

function helpFor(missing: string, beside: readonly string[]): string {
  const names = beside.map((path) => posix.basename(path));
  const nearest = nearestName(posix.basename(missing), names);
  if (nearest === undefined) return "Correct the path, or add what it names.";
  return `Did you mean ${quoted(nearest)}?`;
}

function checkNamespaces({ kustomizations, documents }: TektonObjects): Mistake[] {
  const byPath = groupBy(documents, ({ path }) => path);
  return kustomizations.flatMap(({ path, value }) =>
    (value.resources ?? []).flatMap((entry) =>
      (byPath.get(resolve(path, entry) ?? "") ?? []).flatMap(({ source, value: object }) => {
        const written = valueAt(object, ["metadata", "namespace"]);
        if (value.namespace === undefined || typeof written !== "string") return [];
        if (written === value.namespace) return [];
        return [
          mistakeAt(source, "kustomization-namespace", ["metadata", "namespace"], "value", {
            message: `This says the namespace ${quoted(written)}, but ${path} puts it into ${quoted(value.namespace)}.`,
            help: "Leave the namespace out here, or correct one of them.",
          }),
        ];
      }),
    ),
  );
}

function checkUnlisted({ kustomizations, documents }: TektonObjects): Mistake[] {
  const named = new Set(
    kustomizations.flatMap(({ path, value }) =>
      stringsIn(value).flatMap((entry) => resolve(path, entry) ?? []),
    ),
  );
  const listing = new Map(
    kustomizations
      .filter(({ value }) => value.resources !== undefined || value.bases !== undefined)
      .map(({ path }) => [posix.dirname(path), path]),
  );
  const first = new Map([...documents].reverse().map((document) => [document.path, document]));
  return [...first.values()].flatMap(({ path, source, value }): Mistake[] => {
    const kustomization = listing.get(posix.dirname(path));
    const isObject = typeof value["kind"] === "string" && typeof value["apiVersion"] === "string";
    if (kustomization === undefined || !isObject) return [];
    if (isKustomization(path) || named.has(path)) return [];
    return [
      mistakeAt(source, "kustomization-file-unlisted", ["kind"], "value", {
        message: `${kustomization} does not name this file, so kustomize leaves it out.`,
        help: `Add ${quoted(posix.basename(path))} to its \`resources\`, or remove the file.`,
      }),
    ];
  });
}
