import { spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { imageFetcher } from "./fetch-image.ts";
import { seenFiles } from "./seen-files.ts";
import type { Container, Isolation } from "./types.ts";

const imageConfig = z.object({
  Entrypoint: z.array(z.string()).nullish(),
  Cmd: z.array(z.string()).nullish(),
});

/** What podman itself needs of this machine's environment. */
function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

/** Where an image has no entrypoint, Tekton takes its command for one, and the step's arguments stay arguments. */
function commandInstead(image: string): readonly string[] {
  const inspect = ["image", "inspect", "--format", "{{json .Config}}", image];
  const { stdout, status } = spawnSync("podman", inspect, { encoding: "utf8", timeout: 10_000 });
  if (status !== 0) return [];
  const { data } = imageConfig.safeParse(JSON.parse(stdout));
  return (data?.Entrypoint ?? []).length > 0 ? [] : (data?.Cmd ?? []);
}

/**
 * A container's environment, so that no value stands in a command line: podman is given it in its own, and the names as
 * options. What podman needs itself under the same name comes from a file, which holds one line a variable.
 */
function environmentOf(
  { name, environment, scratch }: Container,
  own: Readonly<Record<string, string>>,
): { readonly options: readonly string[]; readonly environment: Record<string, string> } {
  const entries = Object.entries(environment);
  const isLine = ([key, value]: readonly [string, string]): boolean =>
    Object.hasOwn(own, key) && !value.includes("\n");
  const lines = entries.filter(isLine).map(([key, value]) => `${key}=${value}\n`);
  const file = join(scratch, `${name}.env`);
  mkdirSync(scratch, { recursive: true });
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  const named = entries.filter((entry) => !isLine(entry));
  return {
    options: ["--env-file", file, ...named.flatMap(([key]) => ["--env", key])],
    environment: { ...own, ...Object.fromEntries(named) },
  };
}

/** Steps in their own images, with this machine's network, as podman runs them. */
export function podmanIsolation(): Isolation {
  const label = `okd-streams.runner=${randomUUID()}`;
  const nameOf = ({ name, scratch }: Container): string =>
    `okd-streams-${createHash("sha256").update(scratch).digest("hex").slice(0, 12)}-${name}`;
  return {
    kind: "podman",
    fetchImage: imageFetcher(ownEnvironment()),
    sweep: [
      "/bin/sh",
      "-c",
      'podman ps -aq --filter "label=$0" | xargs -r podman rm -f -t 0',
      label,
    ],
    locate: (_source, target) => target,
    seen: (mounts) => seenFiles(mounts),
    launch: (container) => {
      const { command, args, directory, image, mounts } = container;
      const own = ownEnvironment();
      const given = environmentOf(container, own);
      const name = nameOf(container);
      const entrypoint = command.length > 0 ? command : commandInstead(image);
      const options = [
        ...["--rm", "--name", name, "--label", label, "--network", "host", "--user", "0:0"],
        ...["--security-opt", "label=disable", "--log-driver", "none"],
        ...given.options,
        ...mounts.flatMap(({ source, target, readOnly }) => [
          "--volume",
          `${source}:${target}:${readOnly ? "ro" : "rw"}`,
        ]),
        ...(directory === "" ? [] : ["--workdir", directory]),
        ...(entrypoint.length > 0 ? ["--entrypoint", JSON.stringify(entrypoint)] : []),
      ];
      return {
        argv: ["podman", "run", ...options, image, ...args],
        directory: "/",
        environment: given.environment,
        end: () => {
          const remove = ["rm", "--force", "--time", "0", name];
          spawn("podman", remove, { stdio: "ignore", env: own }).on("error", () => undefined);
        },
      };
    },
    enter: (container, _pid, command) => ({
      argv: ["podman", "exec", nameOf(container), ...command],
      directory: "/",
      environment: ownEnvironment(),
    }),
  };
}
