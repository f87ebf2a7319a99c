import { setTimeout as tick } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { pino } from "pino";
import { Probot } from "probot";
import { createKeyedLock } from "../../src/bot/keyed-lock.ts";
import { runPasses } from "../../src/bot/run-passes.ts";
import { deliveryPass, recoveryPass } from "../../src/bot/workers.ts";
import { ProblemError } from "../../src/problem.ts";
import { claimDelivery, enqueueDelivery, listDeliveries } from "../../src/store/deliveries.ts";
import { okdStreams } from "../../src/index.ts";
import { changed, edgePath } from "../fixtures/bot/streams-repository.ts";
import { repository } from "../fixtures/github/answers.ts";
import { createWorld, type World } from "./world.ts";

describe("a lock by key", () => {
  test("runs one at a time for a key, others beside it, and survives a failure", async () => {
    const lock = createKeyedLock();
    const order: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const first = lock.run("a", async () => {
      order.push("a1 begins");
      await gate;
      order.push("a1 ends");
      throw new Error("broken");
    });
    const second = lock.run("a", () => Promise.resolve(order.push("a2")));
    await lock.run("b", () => Promise.resolve(order.push("b")));
    open();
    await expect(first).rejects.toThrow("broken");
    await second;
    expect(order).toEqual(["a1 begins", "b", "a1 ends", "a2"]);
    expect(await lock.run("a", () => Promise.resolve("again"))).toBe("again");
  });
});

describe("the passes", () => {
  afterEach(() => void jest.useRealTimers());
  const silent = { info: () => undefined, warn: () => undefined };

  test("go on while there is work, sleep, and begin when woken or when the time is over", async () => {
    jest.useFakeTimers();
    let left = 3;
    let turns = 0;
    const pass = (): Promise<number> => {
      turns += 1;
      left -= 1;
      return Promise.resolve(left >= 0 ? 1 : 0);
    };
    const workers = runPasses({ log: { ...silent, error: () => undefined } }, [pass], 1000);
    await jest.advanceTimersByTimeAsync(0);
    expect(turns).toBe(4);
    workers.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(turns).toBe(5);
    await jest.advanceTimersByTimeAsync(999);
    expect(turns).toBe(5);
    await jest.advanceTimersByTimeAsync(1);
    expect(turns).toBe(6);
    await workers.stop();
    await jest.advanceTimersByTimeAsync(5000);
    expect(turns).toBe(6);
  });

  test("lose no wake that comes while a pass is in work", async () => {
    jest.useFakeTimers();
    let turns = 0;
    let end = (): void => undefined;
    const pass = async (): Promise<number> => {
      turns += 1;
      if (turns === 1) await new Promise<void>((resolve) => (end = resolve));
      return 0;
    };
    const workers = runPasses({ log: { ...silent, error: () => undefined } }, [pass], 1000);
    workers.wake();
    end();
    await jest.advanceTimersByTimeAsync(0);
    expect(turns).toBe(2);
    await workers.stop();
  });

  test("outlive a failure of one of them, which is logged", async () => {
    jest.useFakeTimers();
    const errors: string[] = [];
    let turns = 0;
    const pass = (): Promise<number> => {
      turns += 1;
      return turns === 1 ? Promise.reject(new Error("locked")) : Promise.resolve(0);
    };
    const log = { ...silent, error: (_data: object, message: string) => void errors.push(message) };
    const workers = runPasses({ log }, [pass], 1000);
    await jest.advanceTimersByTimeAsync(1000);
    expect(turns).toBe(2);
    expect(errors).toEqual(["a worker pass failed"]);
    await workers.stop();
  });

  test("are stopped only when what is in work has ended", async () => {
    let end = (): void => undefined;
    const pass = async (): Promise<number> => {
      await new Promise<void>((resolve) => (end = resolve));
      return 1;
    };
    const workers = runPasses({ log: { ...silent, error: () => undefined } }, [pass], 1000);
    let stopped = false;
    const stop = workers.stop().then(() => (stopped = true));
    await tick(0);
    expect(stopped).toBe(false);
    end();
    await stop;
  });
});

function createProbot(): Probot {
  return new Probot({
    appId: 1,
    privateKey: "-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----",
    secret: "the-webhook-secret-of-the-bot",
    log: pino({ level: "silent" }),
  });
}

describe("the worker of deliveries", () => {
  const payload = { ref: "refs/heads/main" };

  async function setUp(receive: () => Promise<void>) {
    const world = await createWorld();
    const probot = createProbot();
    probot.on("push", receive);
    const pass = deliveryPass(world.bot, probot);
    const take = (id: string) =>
      enqueueDelivery(world.bot.db, { id, event: "push", payload, groupKey: id }, world.bot.now());
    return { world, pass, take };
  }

  test("repeats what failed, with pauses, and parks it at last for an operator", async () => {
    let tries = 0;
    const { world, pass, take } = await setUp(() => {
      tries += 1;
      return Promise.reject(new Error("no reason"));
    });
    await take("a");
    for (let turn = 0; turn < 40; turn += 1) {
      await pass();
      world.pass(300_000);
    }
    expect(tries).toBe(12);
    expect(await listDeliveries(world.bot.db, "failed", 10)).toMatchObject([
      { id: "a", error: "no reason", attempts: 12 },
    ]);
    await world.end();
  });

  test("waits as long as GitHub asked, and then goes on", async () => {
    const problem = {
      kind: "unavailable",
      what: "GitHub's rate limit is used up.",
      retryAfterSeconds: 900,
    } as const;
    let limited = true;
    const { world, pass, take } = await setUp(() =>
      limited ? Promise.reject(new ProblemError(problem)) : Promise.resolve(),
    );
    await take("a");
    await pass();
    limited = false;
    world.pass(899_000);
    expect(await pass()).toBe(0);
    world.pass(1000);
    expect(await pass()).toBe(1);
    expect(await listDeliveries(world.bot.db, "done", 10)).toHaveLength(1);
    await world.end();
  });

  test("takes up what a killed process had in work", async () => {
    const { world, pass, take } = await setUp(() => Promise.resolve());
    await take("a");
    await claimDelivery(world.bot.db, "another process", world.bot.now());
    expect(await pass()).toBe(0);
    expect(await recoveryPass(world.bot)()).toBe(1);
    expect(await pass()).toBe(1);
    await world.end();
  });
});

describe("the App", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await world.sync();
  });
  afterEach(() => world.end());

  async function deliver(event: string, payload: object): Promise<void> {
    const { installationId } = await world.repository();
    const probot = createProbot();
    await probot.load(okdStreams(world.bot));
    const delivery = {
      id: `${event}-${world.gitHub.calls.length}`,
      event,
      groupKey: "g",
      payload: {
        installation: { id: installationId },
        repository: {
          id: repository.id,
          name: repository.name,
          default_branch: "main",
          owner: { login: repository.owner },
        },
        sender: { login: "ada", type: "User" },
        ...payload,
      },
    };
    await enqueueDelivery(world.bot.db, delivery, world.bot.now());
    await deliveryPass(world.bot, probot)();
    expect(world.warnings).toEqual([]);
    expect(await listDeliveries(world.bot.db, "done", 10)).toHaveLength(1);
  }

  const comment = (change: object) => ({
    action: "created",
    issue: { number: 7, user: { login: "nora" }, pull_request: {} },
    comment: { id: 55, body: "/build plain", user: { login: "ada", type: "User" }, ...change },
  });

  test("builds nothing on a push of another branch", async () => {
    world.push(edgePath, changed(edgePath, "branch: master", "branch: other"));
    await deliver("push", { ref: "refs/heads/topic", before: world.first });
    expect(await world.runs()).toEqual([]);
  });

  test("builds on a push of the default branch", async () => {
    world.push(edgePath, changed(edgePath, "branch: master", "branch: other"));
    await deliver("push", { ref: "refs/heads/main", before: world.first });
    expect(await world.runs()).toHaveLength(1);
  });

  test("hears a new comment of a person", async () => {
    world.gitHub.roles.set("ada", "write");
    await deliver("issue_comment", comment({}));
    expect(await world.runs()).toMatchObject([{ stream: "plain", requestedBy: "ada" }]);
  });

  test.each([
    ["an edited one", { ...comment({}), action: "edited" }],
    ["one of an App", comment({ user: { login: "ada", type: "Bot" } })],
    ["one of a deleted account", comment({ user: null })],
    ["one without an installation", { ...comment({}), installation: undefined }],
  ])("does not hear %s", async (_what, payload) => {
    world.gitHub.roles.set("ada", "write");
    await deliver("issue_comment", payload);
    expect(await world.runs()).toEqual([]);
  });

  test("asks for no token that opens more than this repository and what its work needs", async () => {
    world.gitHub.roles.set("ada", "write");
    await deliver("issue_comment", comment({}));
    expect(world.gitHub.tokens.length).toBeGreaterThan(0);
    for (const token of world.gitHub.tokens) {
      expect(token).toMatchObject({ repository_ids: [repository.id] });
      expect(token).toHaveProperty("permissions.metadata", "read");
      expect(token).not.toHaveProperty("permissions.administration");
      expect(token).not.toHaveProperty("permissions.contents", "write");
    }
  });
});
