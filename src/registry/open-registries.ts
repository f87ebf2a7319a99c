import { failed, type Result } from "../problem.ts";
import { dockerHub, isDockerHub } from "./docker-hub.ts";
import { credentialFor, type Credentials } from "./parse-docker-config.ts";
import { parseImage } from "./parse-image.ts";
import { readTagDigest } from "./read-tag-digest.ts";

/** The registries that the operator lets the bot ask. */
export interface Registries {
  /** The digest that `HOST/REPOSITORY:TAG` has now. */
  digestOf(image: string): Promise<Result<string>>;
}

export interface RegistryOptions {
  /** Their origins, such as https://quay.io; no other address is ever asked. */
  readonly origins: readonly string[];
  /** Shown to the registries that they are for, where these ask for some; none where absent. */
  readonly credentials?: Credentials;
  /** How long an answer may take; 10 s where not given. */
  readonly timeoutMs?: number;
}

/** Reads digests of images, within limits of time and size; anonymously where there are no credentials. */
export function openRegistries({
  origins,
  credentials = new Map(),
  timeoutMs = 10_000,
}: RegistryOptions): Registries {
  const allowed = origins.map((origin) => {
    const url = new URL(origin);
    return isDockerHub(url.host) ? new URL(`${url.protocol}//${dockerHub}`) : url;
  });
  return {
    digestOf(text) {
      const image = parseImage(text);
      if (image === undefined)
        return Promise.resolve(
          failed({
            kind: "invalid",
            what: `\`${text}\` is no image with a registry and a tag.`,
            next: "Write it as HOST/REPOSITORY:TAG in `spec.release.from.image`.",
          }),
        );
      const origin = allowed.find(({ host }) => host === image.host);
      if (origin === undefined)
        return Promise.resolve(
          failed({
            kind: "refused",
            what: `The registry ${image.host} may not be asked for the digest of \`${text}\`.`,
            next: "The bot's operator adds it to `registries` in the server file; then write `/retry`.",
          }),
        );
      const isAllowed = (url: URL): boolean => allowed.some((one) => one.origin === url.origin);
      const credential = credentialFor(credentials, image);
      return readTagDigest(image, {
        origin,
        isAllowed,
        timeoutMs,
        ...(credential === undefined ? {} : { credential }),
      });
    },
  };
}
