// Compiles src/ to lib/: each entry point, and in lib/shared what several of them need. A command is a few files to load
// instead of hundreds, which Node takes longer to find than to run. Types are checked by `npm run types`.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

const entryPoints = [
  "cli/main",
  "cli/validation/parse-worker",
  // For bench/, scripts/ and `npm run contract`.
  "cli/read-working-tree",
  "sandbox/contract/main",
  "streams/plan/plan-change",
  "streams/plan/render-plan-markdown",
  "streams/rules/render-rules",
  "streams/validate-repository",
];

/** Packages of the commands that people wait for. The others, and what finds files beside itself, stay packages. */
const compiledIn = [
  "@marcbachmann/cel-js",
  "ajv",
  "ajv-formats",
  "commander",
  "croner",
  "diff",
  "fastest-levenshtein",
  "log-update",
  "luxon",
  "p-queue",
  "picocolors",
  "yaml",
  "zod",
];

rmSync(`${root}lib`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: entryPoints.map((name) => `src/${name}.ts`),
  outbase: "src",
  outdir: "lib",
  chunkNames: "shared/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.18",
  sourcemap: true,
  // Less to parse at each start; names stay, for whoever reads a stack.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  external: Object.keys(dependencies).filter((name) => !compiledIn.includes(name)),
  // Packages in CommonJS ask for Node's modules by `require`.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});
