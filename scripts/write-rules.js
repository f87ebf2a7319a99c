// Writes docs/rules.md from the compiled table of rules; run it after `npm run build`.
import { writeFileSync } from "node:fs";
import { renderRules } from "../lib/streams/rules/render-rules.js";

writeFileSync(new URL("../docs/rules.md", import.meta.url), renderRules());
