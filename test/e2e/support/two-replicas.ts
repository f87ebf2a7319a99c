import type { BotProcess } from "../../../src/demo/bot-process.ts";
import { startPostgres, type Postgres } from "../../support/postgres.ts";
import { openStage, type OpenStage, type StageOptions } from "./open-stage.ts";

/** A stage whose bot is two processes on one PostgreSQL database. */
export interface TwoReplicas {
  readonly stage: OpenStage;
  /** The first is the one that GitHub and the cluster tell of events. */
  readonly bots: readonly [BotProcess, BotProcess];
  query(text: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export async function openTwoReplicas(options: StageOptions = {}): Promise<TwoReplicas> {
  const postgres: Postgres = await startPostgres();
  try {
    const database = await postgres.createDatabase();
    const stage = await openStage({ ...options, database });
    const other = await stage.world.prepareReplica();
    await other.start();
    return {
      stage,
      bots: [stage.world.bot, other],
      query: (text) => postgres.query(database, text),
      async close() {
        await stage.close();
        await postgres.close();
      },
    };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}
