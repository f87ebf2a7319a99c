// Runs after an installation of this folder: whoever installs the package from git gets no lib/ with it. Where the
// compiler or the sources are not there, as with --omit=dev, there is nothing to compile; what is compiled stays.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const needed = !existsSync(`${root}lib/cli/main.js`);

if (needed && ["node_modules/esbuild", "src", "scripts/build.js"].every(isThere)) {
  await import("./build.js");
}

function isThere(path) {
  return existsSync(`${root}${path}`);
}
