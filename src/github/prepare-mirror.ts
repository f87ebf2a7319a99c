import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runGit, type GitCall } from "./run-git.ts";

/** Written last: a folder without it was left half made. */
const readyFile = "okd-streams-mirror";

/** Makes the folder a bare repository, or a whole one usable again after its process was killed. */
export async function prepareMirror(call: GitCall): Promise<void> {
  if (await isReady(call.directory)) {
    await removeLeftovers(call.directory);
    return;
  }
  await rm(call.directory, { recursive: true, force: true });
  await mkdir(call.directory, { recursive: true });
  await runGit(call, ["init", "--quiet", "--bare", "--initial-branch=main", "."]);
  await writeFile(join(call.directory, readyFile), "");
}

async function isReady(directory: string): Promise<boolean> {
  try {
    await Promise.all([readyFile, "HEAD", "objects"].map((name) => stat(join(directory, name))));
    return true;
  } catch {
    return false;
  }
}

/** A killed git leaves locks, which stop every later one, and half packs, which only take room. */
async function removeLeftovers(directory: string): Promise<void> {
  const top = await readdir(directory);
  const refs = await readdir(join(directory, "refs"), { recursive: true });
  const packs = await readdir(join(directory, "objects", "pack"));
  const leftovers = [
    ...top.filter((name) => name.endsWith(".lock")),
    ...refs.filter((name) => name.endsWith(".lock")).map((name) => join("refs", name)),
    ...packs.filter((name) => name.startsWith("tmp_")).map((name) => join("objects/pack", name)),
  ];
  await Promise.all(leftovers.map((name) => rm(join(directory, name), { force: true })));
}
