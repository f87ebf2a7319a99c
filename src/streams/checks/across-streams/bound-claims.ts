import { parseDuration } from "../../../tekton/duration.ts";
import { nextInstants } from "../../runs/next-instants.ts";
import type { Trace } from "./tracked.ts";
import type { Stream } from "../../types.ts";

/** What is kept for several streams is meant to be shared; what a build works in is not. */
const keptForSeveral = /registry|cache|mirror|store|archive/;

/** The claims that the builds of a stream work in, each once; none where the stream is not built. */
export function boundClaims({ spec }: Stream): Trace[] {
  if ((spec.lifecycle?.state ?? "active") !== "active") return [];
  const { cluster, workspaces = {}, params = {} } = spec.build;
  const bound = Object.entries(workspaces).flatMap(([name, from]) => {
    if (!("persistentVolumeClaim" in from) || keptForSeveral.test(name)) return [];
    const path = ["spec", "build", "workspaces", name, "persistentVolumeClaim", "claimName"];
    return [{ text: from.persistentVolumeClaim.claimName, path }];
  });
  const named = Object.entries(params).flatMap(([name, value]) =>
    /^claim-?name$/i.test(name) && value !== ""
      ? [{ text: value, path: ["spec", "build", "params", name] }]
      : [],
  );
  const claims = [...named, ...bound].map(({ text, path }): Trace => {
    return { kind: "claim", key: `claim ${cluster} ${text}`, text, path };
  });
  return [...new Map(claims.map((claim) => [claim.key, claim])).values()];
}

/** A time in which a build may run, in milliseconds. */
export interface BuildTime {
  readonly begin: number;
  readonly end: number;
}

const countedBuilds = 8;
const hour = 3_600_000;

/**
 * When a stream's builds may run: at any time where a merge or another stream begins them, never by themselves where
 * only people do, and otherwise by its schedule.
 */
export function buildTimes({ spec }: Stream, now: Date): "any" | readonly BuildTime[] {
  const { merge = true, afterStreams = [], schedule } = spec.triggers ?? {};
  if (merge || afterStreams.length > 0) return "any";
  const instants = schedule === undefined ? undefined : nextInstants(schedule, now, countedBuilds);
  if (instants?.ok !== true) return [];
  const timeout = parseDuration(spec.build.timeouts?.pipeline ?? "1h");
  const length = timeout.ok ? timeout.value : hour;
  return instants.value.map((instant) => ({
    begin: instant.getTime(),
    end: instant.getTime() + length,
  }));
}
