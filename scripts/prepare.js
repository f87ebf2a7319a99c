// Runs after an installation of this folder: whoever installs the package from git gets no lib/ with it. Where the
// compiler or the sources are not there, as with --omit=dev, there is nothing to compile; what is compiled stays.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;
const needed = !existsSync(`${root}lib/cli/main.js`);

if (needed && [compiler, `${root}src`, `${root}tsconfig.build.json`].every(existsSync)) {
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.exitCode = status ?? 1;
}
