import { stringify } from "yaml";
import { listenedPipelines, type Listened } from "./listened-pipelines.ts";
import { listenerSecret, type ManifestOptions } from "./manifest-options.ts";
import { renderAccounts } from "./render-accounts.ts";
import { renderListener } from "./render-listener.ts";
import { renderTrigger } from "./render-trigger.ts";
import type { StreamsRepository } from "../../streams/repository.ts";

export interface ManifestFile {
  /** Name in the folder of the manifests. */
  readonly name: string;
  readonly text: string;
}

/** The first line of every file that is made anew and removed without asking. */
export const madeBy =
  "# Made by `okd-streams tekton manifests`: change the streams and make it anew.";

/**
 * The files that a namespace needs for a repository's streams. `kept` are the names of resources that people put beside
 * them, which the kustomization lists too.
 */
export function renderManifests(
  repository: StreamsRepository,
  options: ManifestOptions,
  kept: readonly string[],
): { readonly files: readonly ManifestFile[]; readonly problems: Listened["problems"] } {
  const { pipelines, problems } = listenedPipelines(repository, options);
  const resources: ManifestFile[] = [
    file("service-accounts.yaml", renderAccounts(options)),
    ...(pipelines.length === 0
      ? []
      : [file("event-listener.yaml", [renderListener(pipelines, options)])]),
    // No trigger's name has a dot, so that no pipeline can be named for one of the other files.
    ...pipelines.map((pipeline) =>
      file(`${pipeline.trigger}.trigger.yaml`, renderTrigger(pipeline, options)),
    ),
  ];
  const names = [...new Set([...resources.map(({ name }) => name), ...kept])].sort();
  return { files: [...resources, kustomization(names, options)], problems };
}

function file(name: string, documents: readonly object[]): ManifestFile {
  const texts = documents.map((document) =>
    stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return { name, text: `${madeBy}\n${texts.join("---\n")}` };
}

function kustomization(resources: readonly string[], options: ManifestOptions): ManifestFile {
  const document = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: options.namespace,
    resources,
  };
  const secret = `# The secret ${listenerSecret(options)} is no part of it: kubectl create secret generic ${listenerSecret(options)} \\
#   --from-literal=secret="$(openssl rand -hex 32)"`;
  return {
    name: "kustomization.yaml",
    text: `${madeBy}\n${secret}\n${stringify(document, { lineWidth: 0 })}`,
  };
}
