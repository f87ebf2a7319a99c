import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPeople } from "../../../src/demo/create-people.ts";
import { startWorld, type World, type WorldOptions } from "../../../src/demo/start-world.ts";
import type { Stage } from "../../../src/demo/story/stage.ts";
import type { Exchange } from "../../../src/sandbox/exchange.ts";

export interface OpenStage extends Stage {
  /** What was told, for the message of a failure. */
  readonly told: readonly string[];
  close(): Promise<void>;
}

export interface StageOptions {
  /** Called between each act and what is observed of it. */
  readonly afterAct?: (world: World, step: number) => Promise<void>;
  readonly host?: string;
  readonly throughListener?: (url: string) => Promise<string>;
  readonly startCluster?: NonNullable<WorldOptions["startCluster"]>;
  readonly startTrials?: NonNullable<WorldOptions["startTrials"]>;
  readonly files?: NonNullable<WorldOptions["files"]>;
  readonly database?: string;
  readonly record?: (exchange: Exchange) => void;
}

/** A stage without an audience, in a folder of its own. */
export async function openStage(options: StageOptions = {}): Promise<OpenStage> {
  const directory = mkdtempSync(join(tmpdir(), "okd-streams-e2e-"));
  const world = await startWorld({
    directory,
    port: 0,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.record === undefined ? {} : { record: options.record }),
    ...(options.startCluster === undefined ? {} : { startCluster: options.startCluster }),
    ...(options.startTrials === undefined ? {} : { startTrials: options.startTrials }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.files === undefined ? {} : { files: options.files }),
    ...(options.throughListener === undefined ? {} : { throughListener: options.throughListener }),
  });
  const told: string[] = [];
  let step = 0;
  return {
    world,
    people: createPeople(world),
    told,
    async step(title, act, observe) {
      step += 1;
      told.push(title);
      const acted = await act();
      await options.afterAct?.(world, step);
      return observe(acted);
    },
    tell: (text) => told.push(text),
    show: (comment) => told.push(comment),
    async close() {
      await world.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
