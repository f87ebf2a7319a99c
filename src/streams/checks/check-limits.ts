import { parseDuration } from "../../tekton/duration.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { PipelineUse, Stream } from "../types.ts";

/** What a stream allows its runs, in time, memory and storage. */
export function checkLimits({ source, value }: Sourced<Stream>): Mistake[] {
  const { build, verify = [] } = value.spec;
  const memory = build.needs?.memory;
  const memoryPath = ["spec", "build", "needs", "memory"];
  return [
    ...(memory === undefined ? [] : checkQuantity(source, memoryPath, memory)),
    ...limitsOf(source, ["spec", "build"], build),
    ...verify.flatMap((use, index) => limitsOf(source, ["spec", "verify", index], use)),
  ];
}

/** The same of the pipelines that publish. */
export function checkPublishLimits({ channels }: Checkable): Mistake[] {
  return [...channels.values()].flatMap(({ source, value }) => {
    const use = value.spec.publish;
    return use === undefined ? [] : limitsOf(source, ["spec", "publish"], use);
  });
}

function limitsOf(source: SourceDocument, at: NodePath, use: PipelineUse): Mistake[] {
  const storages = Object.entries(use.workspaces ?? {}).flatMap(([name, from]) => {
    if (!("volumeClaimTemplate" in from)) return [];
    const path = [...at, "workspaces", name, "volumeClaimTemplate", "storage"];
    return checkQuantity(source, path, from.volumeClaimTemplate.storage);
  });
  return [...storages, ...checkTimeouts(source, [...at, "timeouts"], use.timeouts ?? {})];
}

/** https://tekton.dev/docs/pipelines/pipelineruns/#configuring-a-failure-timeout */
function checkTimeouts(
  source: SourceDocument,
  path: NodePath,
  timeouts: NonNullable<PipelineUse["timeouts"]>,
): Mistake[] {
  const pipeline = milliseconds(timeouts.pipeline ?? "1h");
  if (pipeline === 0) return [];
  const whole = `${timeouts.pipeline ?? "1h"}${timeouts.pipeline === undefined ? ", as `pipeline` says nothing" : ""}`;
  const parts = ["tasks", "finally"] as const;
  const tooLong = parts.filter((part) => milliseconds(timeouts[part]) > pipeline);
  const longest = tooLong[0];
  if (longest !== undefined) {
    return [
      mistakeAt(source, "timeouts-contradict", [...path, longest], "value", {
        message: `The ${longest === "tasks" ? "tasks" : "finally tasks"} may take ${timeouts[longest] ?? ""}, and the whole run ${whole}; Tekton refuses such a run.`,
        help: `Raise \`pipeline\`, or lower \`${longest}\`.`,
      }),
    ];
  }
  if (milliseconds(timeouts.tasks) + milliseconds(timeouts.finally) <= pipeline) return [];
  return [
    mistakeAt(source, "timeouts-contradict", [...path, "finally"], "value", {
      message: `The tasks (${timeouts.tasks ?? ""}) and the finally tasks (${timeouts.finally ?? ""}) may take longer than the whole run, ${whole}; Tekton refuses such a run.`,
      help: "Raise `pipeline`, or lower one of the two.",
    }),
  ];
}

function milliseconds(duration: string | undefined): number {
  const parsed = parseDuration(duration ?? "0");
  return parsed.ok ? parsed.value : 0;
}

/** A number without a unit counts bytes; nothing that a build uses is so small. */
function checkQuantity(source: SourceDocument, path: NodePath, quantity: string): Mistake[] {
  if (/[MGT]i?$/.test(quantity)) return [];
  const [amount = ""] = /^[\d.]+/.exec(quantity) ?? [];
  const kibibytes = /k/i.test(quantity) ? Number(amount) : Number(amount) / 1024;
  if (kibibytes >= 1024) return [];
  return [
    mistakeAt(source, "quantity-too-small", path, "value", {
      message: `${quoted(quantity)} is ${/k/i.test(quantity) ? "less than a mebibyte" : `${amount} bytes`}.`,
      help: `Write the unit: \`${amount}Gi\` are gibibytes.`,
    }),
  ];
}
