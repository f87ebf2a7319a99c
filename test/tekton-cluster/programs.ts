import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The Go modules that the cluster is made of, each pinned by a go.mod and a go.sum of its own. */
export const components = ["pipeline", "triggers", "kubernetes"] as const;
export type Component = (typeof components)[number];

/** Where this package stands; commands run in it. */
export const packageRoot = resolve(".");
const sources = join(packageRoot, "test", "tekton-cluster");
const cache = join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "okd-streams",
  "tekton-cluster",
);

/** The path of a program that `buildPrograms` made. */
export function programPath(component: Component, program: string): string {
  return join(cache, "bin", component, program);
}

/** Builds what was not built from these very go.mod and go.sum files before. */
export function buildPrograms(): void {
  for (const component of components) buildComponent(component);
}

function buildComponent(component: Component): void {
  const directory = join(cache, "bin", component);
  const stampFile = join(directory, "built-from");
  const stamp = stampOf(component);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  mkdirSync(directory, { recursive: true });
  process.stderr.write(`Building ${component} into ${directory}; the first time takes minutes …\n`);
  go(component, [
    "build",
    "-buildvcs=false",
    "-ldflags",
    linkerFlags(component),
    "-o",
    `${directory}/`,
    "tool",
  ]);
  writeFileSync(stampFile, stamp);
}

/** Kubernetes tells its version by what the linker writes into it, and clients read it. */
function linkerFlags(component: Component): string {
  if (component !== "kubernetes") return "-s -w";
  const version = moduleVersion(component, "k8s.io/kubernetes");
  const [major = "", minor = ""] = version.slice(1).split(".");
  const set = (name: string, value: string) => `-X k8s.io/component-base/version.${name}=${value}`;
  return ["-s -w", set("gitVersion", version), set("gitMajor", major), set("gitMinor", minor)].join(
    " ",
  );
}

/** The folder with the sources of a module, where its manifests and examples lie. */
export function moduleFolder(component: Component, module: string): string {
  return go(component, ["list", "-m", "-f", "{{.Dir}}", module]);
}

/** The version of a module that the component is pinned to. */
export function moduleVersion(component: Component, module: string): string {
  return go(component, ["list", "-m", "-f", "{{.Version}}", module]);
}

function stampOf(component: Component): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"])
    hash.update(readFileSync(join(sources, component, file)));
  return hash.digest("hex");
}

function go(component: Component, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync("go", args, {
    cwd: join(sources, component),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "" },
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error(`Go is needed: ${error.message}`);
  if (status !== 0) throw new Error(`go ${args[0] ?? ""} failed in ${component}`);
  return stdout.trim();
}
