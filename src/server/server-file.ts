import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { filePathOf } from "../store/database-address.ts";
import { readNamedFile } from "./read-named-file.ts";
import { webAddress } from "./web-address.ts";

/** A timer that is set longer goes off at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimer = 2 ** 31 - 1;

const duration = z
  .string()
  .regex(/^[1-9]\d*(ms|s|m|h)$/, "is a number with a unit, such as 30s or 10m")
  .transform(milliseconds)
  .refine((length) => length <= longestTimer, "is at most 596h");

const kubernetesName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/);

/** Where pull requests may be built before their merge: a namespace of its own, with a listener of its own. */
const trials = z.strictObject({
  listener: webAddress,
  secretEnv: z.string().min(1),
  namespace: kubernetesName,
  kubeconfig: z.string().optional(),
  /** Service account of every trial. */
  serviceAccount: kubernetesName,
  /** Params that every trial is forced to have, whatever the pull request says. */
  params: z.record(z.string().min(1), z.string()).prefault({}),
});

const limit = z.int().positive().optional();
const clusterFields = z.strictObject({
  /** The name that streams use in `spec.build.cluster`. */
  name: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/),
  /** URL of the EventListener. */
  listener: webAddress,
  /** `generated` for a listener that lets the API server make up the names of PipelineRuns, as OKD's own do. */
  runNames: z.enum(["fixed", "generated"]).prefault("fixed"),
  /** Name of the environment variable with the secret that the listener checks. */
  secretEnv: z.string().min(1).optional(),
  namespace: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
  /** Path of a kubeconfig; without it the bot's own service account in the cluster is used. */
  kubeconfig: z.string().optional(),
  /** Repositories (`owner/name` or `owner/*`) whose streams may build here. */
  repositories: z.array(z.string().regex(/^[\w.-]+\/([\w.-]+|\*)$/)).min(1),
  /** Service account of the runs; that of the listener's templates where absent. */
  serviceAccount: kubernetesName.optional(),
  /** Secrets of the namespace that streams may bind to workspaces. */
  secrets: z.array(kubernetesName).prefault([]),
  /** How long after the listener's 202 a run may take to appear. */
  startDeadline: duration.prefault("10m"),
  /** How many runs may be under way here at a time; the others wait for their turn. No limit where absent. */
  maxRuns: limit,
  /** The same for the runs of one stream. */
  maxRunsPerStream: limit,
  trials: trials.optional(),
});

const cluster = clusterFields.refine(
  ({ runNames, secretEnv }) => runNames === "generated" || secretEnv !== undefined,
  { path: ["secretEnv"], error: "is missing: without a secret anybody could start builds there" },
);

const serverFile = z.strictObject({
  /** Where people reach the bot's pages; comments link there. */
  publicUrl: webAddress,
  /** Holds the git mirrors and, by default, the database. */
  dataDirectory: z.string().prefault("data"),
  /** `file:` and a path, or `postgres://…`; by default okd-streams.db in the data directory. */
  database: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/)/, "begins with file: or postgres://")
    .optional(),
  gitHub: z
    .strictObject({
      /** GitHub.com limits bursts of writes; an Enterprise Server usually does not. */
      throttle: z.boolean().prefault(true),
    })
    .prefault({}),
  intervals: z
    .strictObject({
      /** How often runs under way are looked at, besides the events that wake the bot. */
      poll: duration.prefault("15s"),
      /** How often everything is compared again with GitHub and the clusters. */
      resync: duration.prefault("10m"),
      /** First pause after something did not answer; each further one is twice as long. */
      retry: duration.prefault("2s"),
    })
    .prefault({}),
  /** Repositories, or beginnings of their URLs, that a `pipelineRef.git` may name. */
  pipelineRepositories: z
    .array(
      z
        .string()
        .regex(/^https:\/\/[^\s/?#@]+(\/[^\s?#@%]*)?$/, "is an https URL without user and query"),
    )
    .prefault([]),
  /** Origins of the registries that digests of `release.from.image` may be read from. */
  registries: z
    .array(
      z
        .string()
        .regex(
          /^https?:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$/,
          "is an address such as https://quay.io",
        ),
    )
    .prefault([]),
  /** Path of a dockerconfigjson with credentials for these registries; they are asked anonymously where absent. */
  registryCredentials: z.string().optional(),
  clusters: z
    .array(cluster)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: "two clusters have one name",
    })
    .prefault([]),
});

export type ClusterSettings = Readonly<z.infer<typeof cluster>>;

/** The operator's settings, with paths made absolute and durations in milliseconds. */
export type ServerSettings = Readonly<z.infer<typeof serverFile>> & { readonly database: string };

/** Reads the operator's server file; relative paths in it are relative to it. */
export function readServerFile(path: string): Result<ServerSettings> {
  const text = readNamedFile(
    path,
    "the server file",
    "Write one (docs/operators.md, “The server file”) and name it with --config or OKD_STREAMS_CONFIG.",
  );
  return text.ok ? parseServerFile(path, text.value) : text;
}

/** The same for a text at hand. */
export function parseServerFile(path: string, text: string): Result<ServerSettings> {
  let data: unknown;
  try {
    data = parse(text, { prettyErrors: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed({ kind: "invalid", where: path, what: `the server file is no YAML: ${reason}` });
  }
  const parsed = serverFile.safeParse(data);
  if (!parsed.success) {
    return failed({
      kind: "invalid",
      where: path,
      what: `the server file is wrong:\n${z.prettifyError(parsed.error)}\n`,
      next: "docs/operators.md lists every setting.",
    });
  }
  return ok(withAbsolutePaths(parsed.data, dirname(resolve(path))));
}

function withAbsolutePaths(file: z.infer<typeof serverFile>, base: string): ServerSettings {
  const dataDirectory = resolve(base, file.dataDirectory);
  const database = withAbsolutePath(
    file.database ?? `file:${resolve(dataDirectory, "okd-streams.db")}`,
    base,
  );
  const absolute = <T extends { readonly kubeconfig?: string | undefined }>(entry: T): T =>
    entry.kubeconfig === undefined
      ? entry
      : { ...entry, kubeconfig: resolve(base, entry.kubeconfig) };
  const clusters = file.clusters.map((entry) => ({
    ...absolute(entry),
    ...(entry.trials && { trials: absolute(entry.trials) }),
  }));
  const { registryCredentials: credentials } = file;
  return {
    ...file,
    dataDirectory,
    database,
    clusters,
    ...(credentials === undefined ? {} : { registryCredentials: resolve(base, credentials) }),
  };
}

function withAbsolutePath(database: string, base: string): string {
  const path = filePathOf(database);
  return path === undefined ? database : `file:${resolve(base, path)}`;
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

function milliseconds(text: string): number {
  const unit = text.replace(/^\d+/, "");
  return Number.parseInt(text, 10) * (unitMilliseconds[unit] ?? 1);
}
