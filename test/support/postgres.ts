import { execFileSync, spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";
import { freePort } from "../../src/demo/free-port.ts";
import { waitFor } from "../../src/demo/wait-for.ts";

/** A PostgreSQL server of a test's own. */
export interface Postgres {
  /** Makes an empty database; gives its address. */
  createDatabase(): Promise<string>;
  /** Runs SQL as somebody beside the bot. */
  query(address: string, text: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** In the address, so that a text that shows it is found. */
export const postgresPassword = "a%2Fpassword";
const debianPrograms = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs; undefined where the machine has none. */
export const postgresPrograms = [
  ...(process.env["PATH"] ?? "").split(delimiter),
  ...(existsSync(debianPrograms)
    ? readdirSync(debianPrograms).map((version) => join(debianPrograms, version, "bin"))
    : []),
].find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));

/** Why the tests of PostgreSQL are skipped, for their names. */
export const withoutPostgres = "skipped: install PostgreSQL's server (initdb and postgres)";

/** Starts a server in a temporary folder, on a free port of the loopback. */
export async function startPostgres(): Promise<Postgres> {
  if (postgresPrograms === undefined) throw new Error(withoutPostgres);
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), "okd-streams-postgres-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  execFileSync(
    join(postgresPrograms, "initdb"),
    ["-D", data, "-U", "bot", "--auth=trust", "--encoding=UTF8", "--no-sync"],
    { ...user, cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
  );
  const port = await freePort("127.0.0.1");
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "fsync=off",
  ].flatMap((setting) => ["-c", setting]);
  const server = spawn(join(postgresPrograms, "postgres"), ["-D", data, ...settings], {
    ...user,
    cwd: folder,
    stdio: "ignore",
  });
  const ended = once(server, "exit");
  const addressOf = (database: string) =>
    `postgres://bot:${postgresPassword}@127.0.0.1:${port}/${database}`;
  const query = async (address: string, text: string): Promise<readonly unknown[]> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    try {
      return (await client.query<object>(text)).rows;
    } finally {
      await client.end();
    }
  };
  await waitFor(
    "PostgreSQL answers",
    () => query(addressOf("postgres"), "select 1").catch(() => undefined),
    { timeoutMs: 30_000, everyMs: 50 },
  );
  let databases = 0;
  return {
    query,
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await query(addressOf("postgres"), `create database ${name}`);
      return addressOf(name);
    },
    async close() {
      server.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root. */
function serverUser(): Pick<SpawnOptions, "uid" | "gid"> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}
