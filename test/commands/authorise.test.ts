import { describe, expect, test } from "@jest/globals";
import { authorise, type Actor } from "../../src/commands/authorise.ts";
import { checkPlace } from "../../src/commands/check-place.ts";
import { grammar } from "../../src/commands/grammar.ts";
import { describeProblem } from "../../src/problem.ts";
import type { Command } from "../../src/commands/types.ts";

const stranger: Actor = {
  login: "stranger",
  role: "none",
  isBot: false,
  isAuthor: false,
  maintainsStream: () => false,
  isApprover: false,
  isRequester: false,
};
const reader: Actor = { ...stranger, login: "reader", role: "read" };
const author: Actor = { ...reader, login: "author", isAuthor: true };
const triager: Actor = { ...reader, login: "triager", role: "triage" };
const streamOwner: Actor = {
  ...reader,
  login: "owner",
  maintainsStream: (name) => name === "edge",
};
const maintainer: Actor = { ...reader, login: "maintainer", role: "write" };
const approver: Actor = { ...reader, login: "approver", isApprover: true };
const requester: Actor = { ...maintainer, login: "requester", isRequester: true, isApprover: true };
const everyone = [stranger, reader, author, triager, streamOwner, maintainer, approver, requester];

const commands: readonly [Command, readonly Actor[]][] = [
  [{ verb: "help" }, everyone],
  [{ verb: "status" }, everyone],
  [{ verb: "validate" }, [author, triager, maintainer, requester]],
  [{ verb: "retest" }, [author, triager, maintainer, requester]],
  [{ verb: "build", stream: "edge" }, [streamOwner, maintainer, requester]],
  [{ verb: "build", stream: "metal" }, [maintainer, requester]],
  [{ verb: "test" }, [maintainer, requester]],
  [{ verb: "ok-to-test", commit: "a".repeat(40) }, [maintainer, requester]],
  [{ verb: "retry" }, [maintainer, requester]],
  [{ verb: "cancel" }, [maintainer, requester]],
  [{ verb: "promote", release: "latest", channel: "4-scos-next" }, [maintainer, requester]],
  [{ verb: "accept", release: "r", reason: "x" }, [maintainer, requester]],
  [{ verb: "reject", release: "r", reason: "x" }, [maintainer, requester]],
  [{ verb: "hold" }, [maintainer, requester]],
  [{ verb: "unhold" }, [maintainer, requester]],
  [{ verb: "approve", cancel: false }, [approver]],
  [{ verb: "approve", cancel: true }, [approver, requester]],
  [{ verb: "decline", reason: "x" }, [approver, requester]],
];

describe.each(commands)("%j", (command, allowed) => {
  test.each(everyone.map((actor) => [actor.login, actor] as const))("by %s", (_, actor) => {
    expect(authorise(command, actor).ok).toBe(allowed.includes(actor));
  });

  test("by no bot, whatever its permissions", () => {
    const bot = { ...requester, isRequester: false, isBot: true, maintainsStream: () => true };
    expect(authorise(command, bot).ok).toBe(false);
  });
});

test("every verb of the grammar is in the table above", () => {
  const covered = new Set(commands.map(([command]) => command.verb));
  expect(grammar.map(({ verb }) => verb).filter((verb) => !covered.has(verb))).toEqual([]);
});

test("a stream's maintainer may retry a run of that stream only", () => {
  expect(authorise({ verb: "retry" }, streamOwner, "edge").ok).toBe(true);
  expect(authorise({ verb: "retry" }, streamOwner, "metal").ok).toBe(false);
});

test("an approver who wrote the pull request does not approve it", () => {
  expect(authorise({ verb: "approve", cancel: false }, { ...approver, isAuthor: true }).ok).toBe(
    false,
  );
});

test("a refusal says who may, and what to do", () => {
  const result = authorise({ verb: "approve", cancel: false }, requester);
  expect(result.ok ? "" : describeProblem(result.problem)).toBe(
    "/approve by requester: This command never counts from whoever asked for the promotion. Another approver has to write `/approve`.",
  );
});

test("promotion commands work on promotion pull requests only", () => {
  expect(checkPlace("approve", false).ok).toBe(false);
  expect(checkPlace("approve", true).ok).toBe(true);
  expect(checkPlace("build", false).ok).toBe(true);
});
