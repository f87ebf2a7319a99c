import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const image = "localhost/okd-streams-test:1";
const busybox = "/bin/busybox";
const programs = ["cat", "kill", "ls", "printf", "sh", "sleep", "stat", "test", "touch", "true"];

/** For machines that are containers themselves, where podman's own settings ask for too much. */
const modestSettings = `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
`;

type LocalImage = { readonly image: string } | { readonly without: string };

function runs(): boolean {
  const args = ["run", "--rm", "--network", "host", "--pull", "never", image, "/bin/true"];
  // Jest's process.env is its own, which children get only where they are given it.
  return spawnSync("podman", args, { timeout: 20_000, env: { ...process.env } }).status === 0;
}

function importImage(folder: string): void {
  const root = join(folder, "root");
  for (const name of ["bin", "etc", "tmp"]) mkdirSync(join(root, name), { recursive: true });
  copyFileSync(busybox, join(root, "bin/busybox"));
  for (const name of programs) symlinkSync("busybox", join(root, "bin", name));
  const archive = join(folder, "root.tar");
  execFileSync("tar", ["-cf", archive, "-C", root, "."]);
  const command = ["--change", 'CMD ["/bin/sh", "-c", "printf from-the-image"]'];
  execFileSync("podman", ["import", ...command, archive, image], { stdio: "ignore" });
}

export function removeImage(): void {
  spawnSync("podman", ["rmi", "--force", image]);
}

/**
 * An image of busybox, made on this machine without a network, that podman runs here; or why there is none. Settings
 * that podman needs for it stay in this process's environment.
 */
export function localImage(): LocalImage {
  if (spawnSync("podman", ["--version"]).status !== 0) return { without: "there is no podman" };
  if (!existsSync(busybox)) return { without: `there is no ${busybox} to make an image of` };
  const folder = mkdtempSync(join(tmpdir(), "okd-streams-image-"));
  try {
    importImage(folder);
  } catch {
    return { without: "podman imports no image" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (runs()) return { image };
  const settings = join(mkdtempSync(join(tmpdir(), "okd-streams-podman-")), "containers.conf");
  writeFileSync(settings, modestSettings);
  process.env["CONTAINERS_CONF"] = settings;
  return runs() ? { image } : { without: "podman runs no container" };
}
