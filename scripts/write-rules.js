// Writes the pages of docs/rules from the compiled tables of rules; run it after `npm run build`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { renderRules } from "../lib/streams/rules/render-rules.js";

const folder = new URL("../docs/rules/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, page] of renderRules()) writeFileSync(new URL(name, folder), page);
