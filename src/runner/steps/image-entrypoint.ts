const bash = ["bash"];
const shell = ["sh"];

/** An entrypoint that hands options, and no arguments at all, to its program, and runs anything else itself. */
function wrapping(program: string): readonly string[] {
  const script = `case "\${1--}" in -*) exec ${program} "$@";; *) exec "$@";; esac`;
  return ["sh", "-c", script, "docker-entrypoint.sh"];
}

/** What well-known images run where neither a command nor a script is given: their entrypoint, or else their command. */
const entrypoints: ReadonlyMap<string, readonly string[]> = new Map([
  ["alpine", shell],
  ["almalinux", bash],
  ["amazonlinux", bash],
  ["bash", wrapping("bash")],
  ["busybox", shell],
  ["centos", bash],
  ["debian", bash],
  ["fedora", bash],
  ["golang", bash],
  ["node", wrapping("node")],
  ["perl", ["perl"]],
  ["python", ["python3"]],
  ["rockylinux", bash],
  ["ruby", ["irb"]],
  ["ubi", bash],
  ["ubi8", bash],
  ["ubi9", bash],
  ["ubuntu", bash],
]);

/** Of images whose last name alone says too little. */
const entrypointsOfOwners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(^|\/)go-containerregistry\/crane$/, ["crane"]],
  [/(^|\/)skopeo\/stable$/, ["skopeo"]],
  [/(^|\/)(alpine|cloud-builders)\/git$/, ["git"]],
  [
    /(^|\/)tektoncd\/pipeline\/(cmd\/)?nop(-[0-9a-f]+)?$/,
    ["sh", "-c", 'echo "Build successful"', "nop"],
  ],
];

/** The entrypoint of an image that is known without a registry, by its name. */
export function imageEntrypoint(image: string): readonly string[] | undefined {
  const [path = ""] = image.split("@");
  const name = path.replace(/:[^/:]*$/, "");
  const known = entrypointsOfOwners.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? entrypoints.get(name.split("/").at(-1) ?? "");
}
