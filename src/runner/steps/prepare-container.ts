import { closeSync, fchmodSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import {
  expandEnvironment,
  substituteList,
  substituteText,
  type Variables,
} from "../../tekton/substitute.ts";
import type { ContainerFields, WorkspaceUsage } from "../../tekton/types.ts";
import type { Container, Isolation, Mount } from "../isolation/types.ts";
import type { TaskPod } from "../task-pod.ts";
import { containerEnvironment } from "./container-environment.ts";
import { containerMounts } from "./container-mounts.ts";
import { imageEntrypoint } from "./image-entrypoint.ts";
import { imageShell } from "./image-shell.ts";
import { redirectOutput } from "./redirect-output.ts";

/** A step or a sidecar, as far as both become containers. */
export interface ContainerWish extends ContainerFields {
  readonly script?: string;
  readonly workspaces?: readonly WorkspaceUsage[];
  readonly stdoutConfig?: { readonly path?: string };
  readonly stderrConfig?: { readonly path?: string };
}

/** A script that asks for /bin/sh, or for nothing, has that of its image; the kernel leaves `busybox sh` no option. */
function withShell(script: string, image: string, isolation: Isolation): string {
  const { kind, shell = "/bin/sh" } = isolation;
  const own = (kind === "podman" ? undefined : imageShell(image)) ?? shell;
  if (!script.startsWith("#!")) return `#!${own}\nset -e\n${script}`;
  return script
    .replace(/^#! ?\/bin\/sh(?= *\n)/, `#!${own}`)
    .replace(/^#! ?\/bin\/sh(?=\s)/, `#!${shell}`);
}

function writeScript(text: string, path: string): void {
  const file = openSync(path, "w");
  writeFileSync(file, text.endsWith("\n") ? text : `${text}\n`);
  fchmodSync(file, 0o755);
  closeSync(file);
}

/** Where a path that a step asks for is on this machine, by the mount that holds it. */
function located(path: string, mounts: readonly Mount[], isolation: Isolation): string {
  const holders = mounts.filter(({ target }) => path === target || path.startsWith(`${target}/`));
  const [holder] = holders.sort((a, b) => b.target.length - a.target.length);
  if (holder === undefined) return path;
  return isolation.locate(join(holder.source, path.slice(holder.target.length)), path);
}

/** Where a container starts: an image's own directory is known to podman only. */
function workingDirectory(
  asked: string,
  { directories }: TaskPod,
  mounts: readonly Mount[],
  isolation: Isolation,
): string {
  if (asked !== "") return located(resolve("/workspace", asked), mounts, isolation);
  return isolation.kind === "podman" ? "" : isolation.locate(directories.workspace, "/workspace");
}

/** Makes the directory of a plain process, which starts there at once, where it is one of the run's own. */
function makeWithin(mounts: readonly Mount[], directory: string): void {
  const isOwn = mounts.some(
    ({ source, readOnly }) => !readOnly && `${directory}/`.startsWith(`${source}/`),
  );
  if (!isOwn) return;
  try {
    mkdirSync(directory, { recursive: true });
  } catch {
    // Something else is there, so that the step cannot start, which its log says.
  }
}

/**
 * What a step or sidecar executes, every variable replaced: its script, written as a file, or its command; the
 * arguments; the environment, which holds nothing of the runner's own; its mounts. A problem names what is missing.
 */
export async function prepareContainer(
  name: string,
  wish: ContainerWish,
  pod: TaskPod,
  base: readonly Mount[],
  variables: Variables,
  isolation: Isolation,
): Promise<Result<Container>> {
  const { directories } = pod;
  const overridden = new Set(pod.env.map((entry) => entry.name));
  const env = [...(wish.env ?? []).filter((entry) => !overridden.has(entry.name)), ...pod.env];
  const declared = containerEnvironment(wish.envFrom ?? [], env, variables, pod.sources);
  if (!declared.ok) return declared;
  const mounts = await containerMounts(pod, base, wish, variables, declared.value);
  if (!mounts.ok) return mounts;

  const expand = (list: readonly string[]): readonly string[] =>
    substituteList(list, variables).map((text) => expandEnvironment(text, declared.value));
  const image = substituteText(wish.image ?? "", variables);
  const script = join(directories.scripts, `script-${name}`);
  if (wish.script !== undefined) {
    writeScript(withShell(substituteText(wish.script, variables), image, isolation), script);
  }
  const written =
    wish.script === undefined
      ? expand(wish.command ?? [])
      : [isolation.locate(script, `/tekton/scripts/script-${name}`)];
  const command =
    written.length > 0 || isolation.kind === "podman" ? written : imageEntrypoint(image);
  if (command === undefined) {
    return failed({
      kind: "unsupported",
      what: `without script or command it runs the entrypoint of its image ${quoted(image)}, which is not known here.`,
      next: "Give it a command, or use --isolation podman.",
    });
  }
  const output = substituteText(wish.stdoutConfig?.path ?? "", variables);
  const errors = substituteText(wish.stderrConfig?.path ?? "", variables);

  const asked = substituteText(wish.workingDir ?? "", variables);
  const directory = workingDirectory(asked, pod, mounts.value, isolation);
  if (isolation.kind === "process") makeWithin(mounts.value, directory);
  return ok({
    name,
    image,
    command: redirectOutput(command, output, errors),
    args: expand(wish.args ?? []),
    directory,
    environment: { HOME: isolation.locate(directories.home, "/tekton/home"), ...declared.value },
    mounts: mounts.value,
    scratch: directories.scratch,
  });
}
