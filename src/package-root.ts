import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

function rootAbove(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : rootAbove(dirname(folder));
}

/** The folder of this package, for sources and for what is compiled of them, wherever that stands. */
export const packageRoot = rootAbove(here);

/** The folder of the code that runs: `lib` where it is compiled, else `src`. */
export const codeRoot = join(packageRoot, relative(packageRoot, here).split(sep)[0] ?? "");
