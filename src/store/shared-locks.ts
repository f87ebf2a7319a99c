import PQueue from "p-queue";
import pRetry from "p-retry";
import { Client, type ClientConfig, type QueryResult } from "pg";

/** Locks by key that all processes on one database share. What a process holds is free as soon as it is dead. */
export interface SharedLocks {
  /** False where another process has the key; true where this one has it, also from before. */
  tryTake(key: string): Promise<boolean>;
  release(key: string): Promise<void>;
  /** Whether any process has the key. */
  isTaken(key: string): Promise<boolean>;
  close(): Promise<void>;
}

const queryTimeoutMilliseconds = 10_000;

/** Lets the database notice within half a minute that the machine of a process is gone. */
const session =
  "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";
const take = "select pg_try_advisory_lock(hashtextextended($1, 0)) as yes";
const free = "select pg_advisory_unlock(hashtextextended($1, 0)) as yes";
const look = `select exists (
  select from pg_locks, hashtextextended($1, 0) as hash
  where locktype = 'advisory' and objsubid = 1 and granted
    and database = (select oid from pg_database where datname = current_database())
    and classid::bigint = (hash >> 32) & 4294967295 and objid::bigint = hash & 4294967295
) as yes`;

/**
 * PostgreSQL's advisory locks, all held by one connection, which never waits for one: so many keys need no more
 * connections than one key does. Where the connection breaks, its locks are taken again with the next one.
 */
export function openSharedLocks(config: ClientConfig): SharedLocks {
  const held = new Set<string>();
  /** One question at a time, so that a lost connection is lost for the next one too. */
  const questions = new PQueue({ concurrency: 1 });
  const closing = new AbortController();
  let current: Client | undefined;

  async function connect(): Promise<Client> {
    const client = new Client({ ...config, query_timeout: queryTimeoutMilliseconds });
    // Also the way in which a connection ends that nobody uses.
    client.once("end", () => lose(client));
    client.on("error", () => lose(client));
    await client.connect();
    try {
      await client.query(session);
      for (const key of held) if (!(await query(client, take, key))) held.delete(key);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    current = client;
    return client;
  }

  function lose(client: Client): void {
    if (current !== client) return;
    current = undefined;
    void client.end().catch(() => undefined);
    const { signal } = closing;
    // Others must not think for long that this process is dead.
    void pRetry(() => questions.add(open, { signal }), {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 200,
      maxTimeout: 2000,
      unref: true,
      signal,
    }).catch(() => undefined);
  }

  async function open(): Promise<Client> {
    closing.signal.throwIfAborted();
    return current ?? (await connect());
  }

  async function ask(text: string, key: string): Promise<boolean> {
    const client = await open();
    try {
      return await query(client, text, key);
    } catch (error) {
      // Whether the question arrived is not known.
      lose(client);
      throw error;
    }
  }

  const inTurn = <T>(question: () => Promise<T>): Promise<T> =>
    questions.add(question, { throwOnTimeout: true });

  return {
    tryTake: (key) =>
      inTurn(async () => {
        if (held.has(key)) return true;
        const taken = await ask(take, key);
        if (taken) held.add(key);
        return taken;
      }),
    release: (key) =>
      inTurn(async () => {
        // A connection that is gone has released it.
        if (held.delete(key) && current !== undefined) await ask(free, key).catch(() => false);
      }),
    isTaken: (key) => inTurn(() => ask(look, key)),
    async close() {
      closing.abort();
      await questions.onIdle();
      const client = current;
      current = undefined;
      await client?.end();
    },
  };
}

async function query(client: Client, text: string, key: string): Promise<boolean> {
  const { rows }: QueryResult<{ yes: boolean }> = await client.query(text, [`okd-streams ${key}`]);
  return rows[0]?.yes === true;
}
