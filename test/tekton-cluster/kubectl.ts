import { execFile } from "node:child_process";

export interface Kubectl {
  /** Runs kubectl with these arguments; gives what it said on standard output, or throws what it said on the other. */
  (args: readonly string[], input?: string): Promise<string>;
}

/** kubectl, as an administrator of the cluster that the kubeconfig names. */
export function createKubectl(program: string, kubeconfigFile: string): Kubectl {
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = execFile(
        program,
        [...args],
        {
          env: {
            PATH: process.env["PATH"] ?? "",
            HOME: process.env["HOME"] ?? "/",
            KUBECONFIG: kubeconfigFile,
          },
          maxBuffer: 64 * 1024 * 1024,
        },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else reject(new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || error.message}`));
        },
      );
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(input ?? "");
    });
}
