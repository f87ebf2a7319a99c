import { substituteText, type Variables } from "../../tekton/substitute.ts";
import type { ContainerFields, Probe, Sidecar, TaskSpec } from "../../tekton/types.ts";
import { findProgram } from "../isolation/find-program.ts";
import type { Isolation } from "../isolation/types.ts";
import { usedFields } from "../used-fields.ts";
import { unsupportedVolumes } from "../volumes/unsupported-volumes.ts";
import { imageEntrypoint } from "./image-entrypoint.ts";
import { unsupportedEnv } from "./unsupported-env.ts";

const sidecarFields = ["lifecycle", "restartPolicy", "volumeDevices"];

function unsupportedProbe(probe: Probe | undefined, at: string): readonly string[] {
  return probe === undefined ? [] : usedFields({ at, value: probe }, ["grpc"]);
}

/** Why the entrypoint of an image cannot be run with this machine's programs. */
function unsupportedEntrypoint(image: string, at: string): readonly string[] {
  const entrypoint = imageEntrypoint(image);
  const refused = (what: string): readonly string[] => [
    `${at} (without script or command: ${what})`,
  ];
  if (entrypoint === undefined) return refused(`the entrypoint of the image "${image}"`);
  const [program = ""] = entrypoint;
  if (findProgram(program) !== undefined) return [];
  return refused(`${program}, the entrypoint of "${image}", is not on this machine`);
}

function unsupportedContainer(
  container: ContainerFields & { readonly script?: string },
  template: ContainerFields,
  at: string,
  isolation: Isolation["kind"],
  variables: Variables,
): readonly string[] {
  const { image = template.image ?? "", command = template.command ?? [], script } = container;
  const needsImage = script === undefined && command.length === 0 && isolation !== "podman";
  const mounts =
    isolation === "process" ? usedFields({ at, value: container }, ["volumeMounts"]) : [];
  const unwrapped = isolation === "podman" && script === undefined && command.length === 0;
  const outputs = unwrapped ? ["stdoutConfig", "stderrConfig"] : [];
  return [
    ...usedFields({ at, value: container }, ["volumeDevices", ...outputs]),
    ...mounts.map((field) => `${field} (in plain processes: use --isolation namespace)`),
    ...unsupportedEnv(container, at),
    ...(needsImage ? unsupportedEntrypoint(substituteText(image, variables), at) : []),
    ...(script?.startsWith("#!win") === true ? [`${at}.script (of Windows)`] : []),
  ];
}

function unsupportedSidecar(sidecar: Sidecar, at: string): readonly string[] {
  return [
    ...usedFields({ at, value: sidecar }, sidecarFields),
    ...unsupportedProbe(sidecar.readinessProbe, `${at}.readinessProbe`),
    ...unsupportedProbe(sidecar.startupProbe, `${at}.startupProbe`),
  ];
}

/**
 * Fields of a Task's spec that the local runner does not carry out, as `AT.steps[0].volumeDevices`. Images may name the
 * variables.
 */
export function unsupportedInTask(
  spec: TaskSpec,
  at: string,
  isolation: Isolation["kind"],
  variables: Variables,
): readonly string[] {
  const { stepTemplate = {}, steps, sidecars = [], volumes } = spec;
  return [
    ...unsupportedVolumes(volumes, at),
    ...usedFields({ at: `${at}.stepTemplate`, value: stepTemplate }, ["volumeDevices"]),
    ...unsupportedEnv(stepTemplate, `${at}.stepTemplate`),
    ...steps.flatMap((step, index) =>
      unsupportedContainer(step, stepTemplate, `${at}.steps[${index}]`, isolation, variables),
    ),
    ...sidecars.flatMap((sidecar, index) => {
      const place = `${at}.sidecars[${index}]`;
      return [
        ...unsupportedContainer(sidecar, {}, place, isolation, variables),
        ...unsupportedSidecar(sidecar, place),
      ];
    }),
  ];
}
