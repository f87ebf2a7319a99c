import { simpleGit, type VersionResult } from "simple-git";
import { failed, ok, type Result } from "../problem.ts";

/** `git merge-tree --write-tree` came with 2.38. */
const needed = { major: 2, minor: 38 };

/** The version of git, by default this machine's, or why it will not do. */
export async function checkGit(
  readVersion: () => Promise<VersionResult> = async () => await simpleGit().version(),
): Promise<Result<string>> {
  const { installed, major, minor, patch } = await readVersion();
  const version = `${major}.${minor}.${patch}`;
  const enough = major > needed.major || (major === needed.major && minor >= needed.minor);
  if (installed && enough) return ok(version);
  return failed({
    kind: "unsupported",
    where: "git",
    what: installed ? `git ${version} cannot merge without a checkout.` : "There is no git.",
    next: `Install git ${needed.major}.${needed.minor} or newer.`,
  });
}
