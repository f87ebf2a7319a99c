// Brings the cluster up and keeps it up until a signal; says how to reach it. Run by `npm run tekton-cluster`.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster } from "./start-cluster.ts";

const directory = process.argv[2] ?? mkdtempSync(join(tmpdir(), "okd-streams-tekton-"));
const started = Date.now();
const cluster = await startCluster(directory);
process.stderr.write(
  `Up after ${((Date.now() - started) / 1000).toFixed(1)} s. Logs: ${cluster.logs}. Ctrl-C ends it.\n`,
);
process.stdout.write(
  `export KUBECONFIG=${cluster.kubeconfigFile}\nexport KUBECTL=${cluster.kubectl}\n`,
);
await new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
});
await cluster.close();
