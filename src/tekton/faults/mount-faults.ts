import { posix } from "node:path";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ContainerFields, TaskSpec, Volume, VolumeMount } from "../types.ts";
import type { Inherited } from "./task-spec-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";

interface PlacedMount {
  readonly mount: VolumeMount;
  readonly at: NodePath;
}

/** What is wrong with where a task's workspaces and volumes are mounted, and with its volumes. */
export function mountFaults(
  spec: TaskSpec,
  at: NodePath,
  inherited: Inherited | undefined,
): TektonFault[] {
  const ofSteps = [
    ...spec.steps.flatMap((step, index) => mountsOf(step, [...at, "steps", index])),
    ...mountsOf(spec.stepTemplate, [...at, "stepTemplate"]),
  ];
  const ofSidecars = (spec.sidecars ?? []).flatMap((sidecar, index) =>
    mountsOf(sidecar, [...at, "sidecars", index]),
  );
  return [
    ...workspacePathFaults(spec, ofSteps, [...at, "workspaces"]),
    ...ofSteps.flatMap(reservedFaults),
    ...[...ofSteps, ...ofSidecars].flatMap((mount) => volumeFaults(mount, spec.volumes, inherited)),
    ...(spec.volumes ?? []).flatMap((volume, index) =>
      sourceFaults(volume, [...at, "volumes", index]),
    ),
    ...spec.steps.flatMap((step, index) => samePathFaults(mountsOf(step, [...at, "steps", index]))),
    ...usageFaults(spec, at),
  ];
}

function mountsOf(container: ContainerFields | undefined, at: NodePath): readonly PlacedMount[] {
  return (container?.volumeMounts ?? []).map((mount, index) => ({
    mount,
    at: [...at, "volumeMounts", index],
  }));
}

function isVariable(text: string): boolean {
  return text.includes("$(");
}

function cleaned(path: string): string {
  return posix.resolve("/", path);
}

function workspacePathFaults(
  { workspaces = [] }: TaskSpec,
  mounts: readonly PlacedMount[],
  at: NodePath,
): TektonFault[] {
  const taken = new Map(
    mounts.map(({ mount }) => [cleaned(mount.mountPath), `the volume ${quoted(mount.name)}`]),
  );
  const names = new Set<string>();
  return workspaces.flatMap((workspace, index): TektonFault[] => {
    const { name, mountPath = "" } = workspace;
    const path = mountPath === "" ? `/workspace/${name}` : cleaned(mountPath);
    const other = taken.get(path);
    const isSecondOfName = names.has(name);
    names.add(name);
    taken.set(path, `the workspace ${quoted(name)}`);
    if (other === undefined || isSecondOfName || isVariable(path)) return [];
    return [
      {
        rule: "mount-collision",
        path: [...at, index, mountPath === "" ? "name" : "mountPath"],
        part: "value",
        message: `The workspace ${quoted(name)} is mounted at ${path}, where ${other} is mounted already.`,
        help: "Give one of the two another `mountPath`.",
      },
    ];
  });
}

function samePathFaults(mounts: readonly PlacedMount[]): TektonFault[] {
  const taken = new Set<string>();
  return mounts.flatMap(({ mount, at }): TektonFault[] => {
    const path = cleaned(mount.mountPath);
    const isTaken = taken.has(path);
    taken.add(path);
    if (!isTaken || isVariable(path)) return [];
    return [
      {
        rule: "mount-collision",
        path: [...at, "mountPath"],
        part: "value",
        message: `Another volume of this step is mounted at ${path} already.`,
        help: "Give one of the two another `mountPath`.",
      },
    ];
  });
}

function reservedFaults({ mount: { name, mountPath }, at }: PlacedMount): TektonFault[] {
  if (name.startsWith("tekton-internal-")) {
    const message = `The name ${quoted(name)} is reserved: names with \`tekton-internal-\` are Tekton's own.`;
    const help = "Rename the volume.";
    return [{ rule: "tekton-name", path: [...at, "name"], part: "value", message, help }];
  }
  const path = cleaned(mountPath);
  if (!path.startsWith("/tekton/") || path.startsWith("/tekton/home")) return [];
  return [
    {
      rule: "mount-collision",
      path: [...at, "mountPath"],
      part: "value",
      message: `Nothing can be mounted at ${mountPath}: everything below /tekton is Tekton's own.`,
      help: "Mount the volume elsewhere.",
    },
  ];
}

function volumeFaults(
  { mount: { name }, at }: PlacedMount,
  volumes: readonly Volume[] = [],
  inherited: Inherited | undefined,
): TektonFault[] {
  const names = volumes.map((volume) => volume.name);
  if (names.includes(name) || isVariable(name) || names.some(isVariable)) return [];
  const path = [...at, "name"];
  const nearest = nearestName(name, names);
  // What is embedded in a run often takes the volumes of its podTemplate.
  if (nearest === undefined && inherited !== undefined) return [];
  return [
    {
      rule: "volume-undeclared",
      path,
      part: "value",
      message: `The task declares no volume ${quoted(name)}.`,
      help: `${suggestName(name, names, "volume")} Where it comes from a run's podTemplate, nothing has to be done.`,
      ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
    },
  ];
}

function sourceFaults(volume: Volume, at: NodePath): TektonFault[] {
  const [, second, ...others] = Object.keys(volume).filter((field) => field !== "name");
  if (second === undefined) return [];
  return [
    {
      rule: "tekton-invalid",
      path: [...at, second],
      part: "key",
      message: `The volume ${quoted(volume.name)} comes from ${others.length + 2} sources.`,
      help: "Keep one, and make a volume of its own of each other.",
    },
  ];
}

/** Workspaces that steps and sidecars ask for by name; the task itself has to declare them, wherever it stands. */
function usageFaults(spec: TaskSpec, at: NodePath): TektonFault[] {
  const names = (spec.workspaces ?? []).map(({ name }) => name);
  return (["steps", "sidecars"] as const).flatMap((section) =>
    (spec[section] ?? []).flatMap((container, index) =>
      (container.workspaces ?? []).flatMap(({ name }, position): TektonFault[] => {
        if (names.includes(name)) return [];
        const path = [...at, section, index, "workspaces", position, "name"];
        const nearest = nearestName(name, names);
        return [
          {
            rule: "workspace-undeclared",
            path,
            part: "value",
            message: `The task declares no workspace ${quoted(name)}.`,
            help: suggestName(name, names, "workspace"),
            ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
          },
        ];
      }),
    ),
  );
}
