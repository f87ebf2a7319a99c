import { dockerHub, isDockerHub } from "./docker-hub.ts";

/** An image by its tag. */
export interface TaggedImage {
  /** With the port, if any. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string;
}

const host = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$/;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const repository = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const tag = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/**
 * The parts of `HOST/REPOSITORY:TAG`; undefined where it is none. Docker Hub is at another host than its images say, and
 * keeps those without a slash in `library`.
 */
export function parseImage(text: string): TaggedImage | undefined {
  const slash = text.indexOf("/");
  const colon = text.lastIndexOf(":");
  if (slash < 1 || colon < slash || text.length > 400) return undefined;
  const image = {
    host: text.slice(0, slash),
    repository: text.slice(slash + 1, colon),
    tag: text.slice(colon + 1),
  };
  if (!host.test(image.host) || !repository.test(image.repository) || !tag.test(image.tag))
    return undefined;
  if (!isDockerHub(image.host)) return image;
  const isPlain = !image.repository.includes("/");
  return {
    ...image,
    host: dockerHub,
    repository: isPlain ? `library/${image.repository}` : image.repository,
  };
}
