import type { Problem } from "../problem.ts";

/** What a person asks for in a comment. */
export type Command =
  | { readonly verb: "help" }
  | { readonly verb: "status"; readonly name?: string }
  | { readonly verb: "validate" }
  | { readonly verb: "retest" }
  | { readonly verb: "build"; readonly stream: string }
  | { readonly verb: "test"; readonly stream?: string }
  | { readonly verb: "ok-to-test"; readonly commit: string }
  | { readonly verb: "retry"; readonly run?: string }
  | { readonly verb: "cancel"; readonly run?: string }
  | { readonly verb: "promote"; readonly release: string; readonly channel: string }
  | { readonly verb: "accept"; readonly release: string; readonly reason: string }
  | { readonly verb: "reject"; readonly release: string; readonly reason: string }
  | { readonly verb: "hold"; readonly reason?: string }
  | { readonly verb: "unhold" }
  | { readonly verb: "approve"; readonly cancel: boolean }
  | { readonly verb: "decline"; readonly reason: string };

export type Verb = Command["verb"];

/** A known verb whose words make no sense: answered with its syntax, never half obeyed. */
export interface MistakenCommand {
  readonly verb: Verb;
  readonly error: Problem;
}

/** `line` counts from 1 in the comment as it was written. */
export type ParsedCommand = (Command | MistakenCommand) & { readonly line: number };

/**
 * Who may use a command:
 * - `anyone`: every person, but no bot;
 * - `contributor`: the pull request's author, and whoever has at least triage permission;
 * - `stream-maintainer`: maintainers, and those whom the stream itself names;
 * - `maintainer`: whoever has at least write permission;
 * - `approver`: whom the channel names, or else the settings.
 */
export type Audience = "anyone" | "contributor" | "stream-maintainer" | "maintainer" | "approver";

export type Place = "any" | "promotion pull request";
