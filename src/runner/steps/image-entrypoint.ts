const bash = ["bash"];
const shell = ["sh"];

/** What well-known images run where neither a command nor a script is given: their entrypoint, or else their command. */
const entrypoints: ReadonlyMap<string, readonly string[]> = new Map([
  ["alpine", shell],
  ["almalinux", bash],
  ["amazonlinux", bash],
  ["bash", bash],
  ["busybox", shell],
  ["centos", bash],
  ["debian", bash],
  ["fedora", bash],
  ["golang", bash],
  ["node", ["node"]],
  ["perl", ["perl"]],
  ["python", ["python3"]],
  ["rockylinux", bash],
  ["ruby", ["irb"]],
  ["ubi", bash],
  ["ubi8", bash],
  ["ubi9", bash],
  ["ubuntu", bash],
]);

/** The entrypoint of an image that is known without a registry, by the last part of its name. */
export function imageEntrypoint(image: string): readonly string[] | undefined {
  const [path = ""] = image.split("@");
  const name = path.split("/").at(-1)?.split(":")[0] ?? "";
  return entrypoints.get(name);
}
