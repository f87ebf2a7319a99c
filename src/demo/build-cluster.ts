import { join } from "node:path";
import { startRunner } from "../runner/start-runner.ts";
import { triggerManifests } from "./demo-repository.ts";

/** Where builds run, as the rest of the world sees it. */
export interface BuildCluster {
  /** URL of the EventListener. */
  readonly listenerUrl: string;
  /** Kubernetes' API, for whoever looks on. */
  readonly kubernetesUrl: string;
  readonly token: string;
  /** The directory behind the claim that images are built into. */
  readonly registry: string;
  /** What the bot reaches Kubernetes with, as the text of a kubeconfig. */
  kubeconfig(): string;
  close(): Promise<void>;
}

/** What a cluster has to know of its world. */
export interface BuildClusterOptions {
  readonly directory: string;
  readonly namespace: string;
  /** Signs what is sent to the EventListener. */
  readonly listenerSecret: string;
  /** What the URLs of all git repositories begin with. */
  readonly gitUrl: string;
  /** Where CloudEvents go. */
  readonly cloudEventsSink: string;
}

const token = "and-this-one-too-0123456789abcdef";

/** The Tekton stand-in: it runs pipelines as processes of this machine. */
export async function startStandIn(options: BuildClusterOptions): Promise<BuildCluster> {
  const stateDirectory = join(options.directory, "tekton");
  const runner = await startRunner({
    stateDirectory,
    manifests: triggerManifests(),
    secrets: { "okd-streams-webhook": { secret: options.listenerSecret } },
    namespace: options.namespace,
    gitAllowlist: [options.gitUrl],
    cloudEventsSink: options.cloudEventsSink,
    isolation: "auto",
    token,
  });
  return {
    ...runner,
    token,
    registry: join(stateDirectory, "volumes", "okd-streams-registry"),
  };
}
