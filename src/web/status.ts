import type { ObservedTask } from "../cluster/types.ts";
import type { Gate, ReleasePhase } from "../promotion/types.ts";
import type { PromotionState } from "../store/promotion-record.ts";
import type { RunState } from "../store/run-record.ts";
import { html, type Html } from "./html.ts";

/** The one language of colours: good, bad, at work, waiting, needs a person, of no consequence. */
export type Tone = "good" | "bad" | "busy" | "wait" | "warn" | "idle";

const runTones: Record<RunState, Tone> = {
  requested: "wait",
  submitted: "wait",
  queued: "wait",
  running: "busy",
  succeeded: "good",
  failed: "bad",
  cancelled: "idle",
  "timed-out": "bad",
  lost: "warn",
  parked: "warn",
};

const phaseTones: Record<ReleasePhase, Tone> = {
  Pending: "wait",
  Failed: "bad",
  Ready: "busy",
  Accepted: "good",
  Rejected: "bad",
};

const gateTones: Record<Gate["state"], Tone> = {
  open: "good",
  waiting: "wait",
  closed: "bad",
  unknown: "warn",
};

const promotionTones: Record<PromotionState, Tone> = {
  requested: "wait",
  open: "wait",
  merged: "busy",
  declined: "idle",
  closed: "idle",
  published: "good",
  "publish-failed": "bad",
};

export function badge(tone: Tone, words: string): Html {
  return html`<span class="badge ${tone}">${words}</span>`;
}

export function runTone(state: RunState): Tone {
  return runTones[state];
}

export function taskTone(phase: ObservedTask["phase"]): Tone {
  if (phase === "skipped") return "idle";
  return phase === "waiting" ? "wait" : runTones[phase];
}

export function gateTone(state: Gate["state"]): Tone {
  return gateTones[state];
}

export function runBadge(state: RunState): Html {
  return badge(runTones[state], state.replace("-", " "));
}

export function phaseBadge(phase: ReleasePhase): Html {
  return badge(phaseTones[phase], phase);
}

export function promotionBadge(state: PromotionState): Html {
  return badge(promotionTones[state], state === "publish-failed" ? "publishing failed" : state);
}

/** Whether the state may still change by itself, so that a page is worth loading again. */
export function isUnderWay(state: RunState): boolean {
  return ["requested", "submitted", "queued", "running"].includes(state);
}
