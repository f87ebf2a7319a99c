import { createHash } from "node:crypto";
import { failed, ok, type Problem, type Result } from "../problem.ts";
import { ask, type Answer } from "./ask.ts";
import { basicFor } from "./basic-for.ts";
import { fetchToken, type TokenOptions } from "./fetch-token.ts";
import type { TaggedImage } from "./parse-image.ts";

export interface ReadOptions extends TokenOptions {
  readonly origin: URL;
}

/** What a tag may name; without the list types a registry answers with one architecture's manifest, which is another digest. */
const accepted = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const digestPattern = /^sha256:[0-9a-f]{64}$/;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests */
const maximumManifestBytes = 4 * 1024 * 1024;

/**
 * The digest that a tag has now, by the OCI distribution API; with a token or the credential where the registry wants one.
 * `not-found` where there is no such tag, `unavailable` where it is worth asking again.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export async function readTagDigest(
  image: TaggedImage,
  options: ReadOptions,
): Promise<Result<string>> {
  const head = await askManifest("HEAD", image, options);
  if (!head.ok) return head;
  const named = head.value.headers.get("docker-content-digest") ?? "";
  if (digestPattern.test(named)) return ok(named);
  // A registry need not name the digest, and then it is that of the manifest's bytes.
  const whole = await askManifest("GET", image, options);
  if (!whole.ok) return whole;
  return ok(`sha256:${createHash("sha256").update(whole.value.body).digest("hex")}`);
}

async function askManifest(
  method: "GET" | "HEAD",
  image: TaggedImage,
  options: ReadOptions,
): Promise<Result<Answer>> {
  const url = new URL(`/v2/${image.repository}/manifests/${image.tag}`, options.origin);
  const question = (shown: Readonly<Record<string, string>> = {}) => ({
    method,
    headers: {
      accept: accepted,
      "user-agent": "okd-streams",
      ...shown,
    },
    maximumBytes: maximumManifestBytes,
  });
  let answer = await ask(url, question(), options);
  if (answer.ok && answer.value.status === 401) {
    const challenge = answer.value.headers.get("www-authenticate") ?? "";
    const basic = /^Basic\b/i.test(challenge) ? basicFor(url, options.credential) : {};
    if ("authorization" in basic) answer = await ask(url, question(basic), options);
    else {
      const token = await fetchToken(challenge, image.repository, options);
      if (!token.ok) return token;
      answer = await ask(url, question({ authorization: `Bearer ${token.value}` }), options);
    }
  }
  if (!answer.ok) return answer;
  return answer.value.status === 200 ? answer : failed(problemOf(answer.value, image));
}

function problemOf({ status, headers }: Answer, { host, repository, tag }: TaggedImage): Problem {
  const name = `\`${host}/${repository}:${tag}\``;
  if (status === 404)
    return {
      kind: "not-found",
      what: `There is no image ${name} that the bot may read.`,
      next: "Let the pipeline push it, and name it so in `spec.release.from.image`.",
    };
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get("retry-after"));
    return {
      kind: "unavailable",
      what: `The registry answered ${status} when it was asked for ${name}.`,
      next: "It is asked again.",
      ...(Number.isInteger(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}),
    };
  }
  return {
    kind: "refused",
    what: `The registry answered ${status} when it was asked for ${name}.`,
    next: "The bot reads images that everybody may read, or that `registryCredentials` in the server file opens.",
  };
}
