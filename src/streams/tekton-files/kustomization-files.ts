const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** True for a file that kustomize reads its instructions from. */
export function isKustomization(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return names.some((known) => known === name);
}

/** The files of which a folder that kustomize is to build needs one. */
export function kustomizationsOf(folder: string): string[] {
  return names.map((name) => (folder === "" ? name : `${folder}/${name}`));
}
