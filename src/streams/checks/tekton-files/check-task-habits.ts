import * as z from "zod";
import type { EnvVar } from "../../../tekton/types.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { commandsOf } from "../../tekton-files/commands-of.ts";
import { taskSpecs } from "../../tekton-files/task-specs.ts";
import type { PlacedTaskSpec } from "../../tekton-files/task-specs.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** What Tekton accepts in a task and what hurt somebody before: secrets that are shown, tests that are off, images that move. */
export function checkTaskHabits(objects: TektonObjects): Mistake[] {
  return taskSpecs(objects).flatMap((task) => [
    ...checkImages(task),
    ...checkResults(task),
    ...checkTraces(task),
    ...checkDisabledTests(task),
  ]);
}

function checkImages({ source, at, spec }: PlacedTaskSpec): Mistake[] {
  const containers = [...stepsAt(at, spec), ...sidecarsAt(at, spec)];
  return containers.flatMap(({ image, path }) => {
    if (image === undefined || image === "" || /[@$]/.test(image)) return [];
    const [, tag] = image.slice(image.lastIndexOf("/") + 1).split(":");
    if (tag !== undefined && tag !== "latest") return [];
    const what = tag === undefined ? "has no tag, which means latest" : "is the newest there is";
    return [
      mistakeAt(source, "step-image-unpinned", [...path, "image"], "value", {
        message: `The image ${quoted(image)} ${what}: it changes without a review.`,
        help: "Name a digest, such as IMAGE@sha256:…, or at least a version.",
      }),
    ];
  });
}

interface Container {
  readonly image: string | undefined;
  readonly path: NodePath;
}

function stepsAt(at: NodePath, { steps, stepTemplate }: PlacedTaskSpec["spec"]): Container[] {
  const template = { image: stepTemplate?.image, path: [...at, "stepTemplate"] };
  return [template, ...steps.map(({ image }, i) => ({ image, path: [...at, "steps", i] }))];
}

function sidecarsAt(at: NodePath, { sidecars = [] }: PlacedTaskSpec["spec"]): Container[] {
  return sidecars.map((sidecar, i) => {
    const { data } = withImage.safeParse(sidecar);
    return { image: data?.image, path: [...at, "sidecars", i] };
  });
}

const withImage = z.looseObject({ image: z.string().optional() });
const secretName = /(^|[-_.])(token|password|passwd|secret|credentials?|private-?key|api-?key)$/i;

function checkResults({ source, at, spec }: PlacedTaskSpec): Mistake[] {
  return (spec.results ?? []).flatMap(({ name }, index) => {
    if (!secretName.test(name)) return [];
    return [
      mistakeAt(source, "result-secret", [...at, "results", index, "name"], "value", {
        message: `The result ${quoted(name)} looks like a secret; results can be read by everyone who may see runs.`,
        help: "Hand it on in a file of a workspace, or get it in the step that needs it.",
      }),
    ];
  });
}

const tracing = /^set\s+(-\w+\s+)*-(\w*x|o\s+xtrace)/;
const secretSource = z.looseObject({ secretKeyRef: z.looseObject({}) });

function checkTraces({ source, at, spec }: PlacedTaskSpec): Mistake[] {
  return spec.steps.flatMap((step, index) => {
    const commands = commandsOf(step.script ?? "");
    const isTraced = commands.some((command) => tracing.test(command));
    const isSuspended = commands.some((command) => /^set\s+\+\w*x/.test(command));
    if (!isTraced || isSuspended) return [];
    return secretsOf(step.env ?? []).flatMap((name) => {
      const use = new RegExp(`\\$(\\{${name}\\}|${name}(?!\\w))`);
      const shown = commands.flatMap((command) => use.exec(command)?.[0] ?? [])[0];
      if (shown === undefined) return [];
      return [
        mistakeAt(source, "step-secret-traced", [...at, "steps", index, "script"], "value", {
          piece: shown,
          message: `\`set -x\` prints every command to the log, and with it the secret in ${shown}.`,
          help: "Leave out the x, or write `set +x` before the secret is used.",
        }),
      ];
    });
  });
}

function secretsOf(env: readonly EnvVar[]): string[] {
  return env
    .filter(({ valueFrom }) => secretSource.safeParse(valueFrom).success)
    .map(({ name }) => name)
    .filter((name) => /^\w+$/.test(name));
}

const testName = /(^|-)(tests?|verify|verification|check)(-|$)/;
/** `#command argument`; a remark has a space behind its `#`. */
const disabled = /^#[a-z][\w./-]*\s+\S/i;

function checkDisabledTests({ source, at, name, spec }: PlacedTaskSpec): Mistake[] {
  if (!testName.test(name)) return [];
  return spec.steps.flatMap((step, index) => {
    const lines = (step.script ?? "").split("\n").map((line) => line.trim());
    const off = lines.find((line) => disabled.test(line));
    if (off === undefined) return [];
    return [
      mistakeAt(source, "test-disabled", [...at, "steps", index, "script"], "value", {
        piece: off,
        message: `A command of the task ${quoted(name)} is commented out: it succeeds without it.`,
        help: "Run the command again, or remove it and say what the task still tests.",
      }),
    ];
  });
}
