import { expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { listDeliveries } from "../../src/store/deliveries.ts";
import { openStore } from "../../src/store/open-store.ts";

/** Writes as the store does, one row after the other, and says after each that it is kept. */
const writer = `
const Libsql = require(process.argv[1]);
const db = new Libsql(process.argv[2]);
for (const pragma of ["busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL"]) db.pragma(pragma);
const insert = db.prepare(
  "insert into deliveries (id, event, payload, group_key, state, attempts, due_at, received_at) values (?, 'push', '{}', 'g', 'queued', 0, ?, ?)",
);
for (let id = 1; ; id += 1) {
  const at = new Date().toISOString();
  insert.run([String(id), at, at]);
  require("node:fs").writeSync(1, id + "\\n");
}
`;

test("what was acknowledged survives kill -9, and the database opens again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "okd-streams-kill-"));
  const file = join(folder, "x.db");
  try {
    await (await openStore(`file:${file}`)).close();
    const libsql = createRequire(import.meta.url).resolve("libsql");
    const child = spawn(process.execPath, ["-e", writer, libsql, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let acknowledged = 0;
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === 100) child.kill("SIGKILL");
    }
    if (child.signalCode === null) await once(child, "close");
    const store = await openStore(`file:${file}`);
    const kept = await listDeliveries(store.db, "queued", 1_000_000);
    await store.close();
    expect(acknowledged).toBeGreaterThanOrEqual(100);
    expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
    expect(kept.length).toBeLessThanOrEqual(acknowledged + 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
