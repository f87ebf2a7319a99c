/** True for the files that are read as Tekton files; the others only exist. */
export function isYamlFile(path: string): boolean {
  return path.endsWith(".yaml") || path.endsWith(".yml");
}
