import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ProblemError } from "../../problem.ts";
import { namespaceIsolation } from "./namespace-isolation.ts";
import { podmanIsolation } from "./podman-isolation.ts";
import { processIsolation } from "./process-isolation.ts";
import { searchPath, type Isolation, type IsolationChoice } from "./types.ts";
import { writeShells } from "./write-shells.ts";

function works(isolation: Isolation, scratch: string): boolean {
  const { argv, environment } = isolation.launch({
    name: "trial",
    image: "",
    command: ["/bin/sh"],
    args: ["-c", "exit 0"],
    directory: "/",
    environment: { PATH: searchPath },
    mounts: [],
    scratch,
  });
  const [file = "", ...args] = argv;
  return spawnSync(file, args, { env: environment, stdio: "ignore", timeout: 5000 }).status === 0;
}

function choosePodman(): Isolation {
  const info = spawnSync("podman", ["info"], { encoding: "utf8", timeout: 30_000 });
  if (info.status === 0) return podmanIsolation();
  throw new ProblemError({
    kind: "unsupported",
    what: `podman does not work here: ${(info.error?.message ?? info.stderr).trim().slice(0, 300)}`,
    where: "--isolation podman",
    next: "Install and set up podman, or use --isolation namespace.",
  });
}

/**
 * How steps are kept from the machine. `auto` takes namespaces where this machine allows them, and plain processes
 * otherwise; podman has to be asked for, since it fetches images. `scratch` is an empty directory to try it with. Throws a ProblemError where what was asked for does not work.
 */
export function chooseIsolation(choice: IsolationChoice, scratch: string): Isolation {
  const inProcesses = (): Isolation => processIsolation(writeShells(join(scratch, "shells")));
  if (choice === "process") return inProcesses();
  if (choice === "podman") return choosePodman();
  const isolation = namespaceIsolation();
  if (works(isolation, scratch)) return isolation;
  if (choice === "auto") return inProcesses();
  throw new ProblemError({
    kind: "unsupported",
    what: "This machine does not let ordinary users make namespaces.",
    where: "--isolation namespace",
    next: "Install util-linux (unshare, mount, pivot_root, setpriv) and allow user namespaces, or use --isolation process.",
  });
}
