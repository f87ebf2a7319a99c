import Table from "cli-table3";
import { Option, type Command } from "commander";
import { ProblemError, unwrap } from "../problem.ts";
import { readDatabaseAddress } from "../server/read-environment.ts";
import { readServerFile } from "../server/server-file.ts";
import { openStore } from "../store/open-store.ts";
import { listReleases } from "../store/releases.ts";
import { listRepositories } from "../store/repositories.ts";
import { latestRuns } from "../store/find-runs.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { namedCommand } from "./named-command.ts";
import { readWorkingTree } from "./read-working-tree.ts";

interface ChannelStatus {
  readonly name: string;
  readonly holds: string | null;
  readonly release: string | null;
  readonly stream: string | null;
  readonly pullSpec: string | null;
  readonly requestedBy: string | null;
}

interface StreamStatus {
  readonly name: string;
  readonly version: string;
  readonly state: string;
  /** Null without a server file: only the bot's database knows. */
  readonly lastBuild: { readonly state: string; readonly at: string } | null;
  readonly newestRelease: { readonly name: string; readonly phase: string } | null;
}

interface Options {
  readonly config?: string;
  readonly output: "text" | "json";
}

/** `okd-streams status`: what each channel holds and how each stream stands. */
export function statusCommand(): Command {
  return namedCommand("status")
    .argument("[name]", "a stream or a channel; all of them where it is missing")
    .option("-c, --config <file>", "the bot's server file: adds builds and releases")
    .addOption(
      new Option("-o, --output <format>", "how it is printed")
        .choices(["text", "json"])
        .default("text"),
    )
    .action(async (name: string | undefined, options: Options) => {
      const { root } = findRepositoryRoot(".");
      const read = validateRepository(readWorkingTree(root), { now: new Date() });
      const wanted = (candidate: { readonly name: string }): boolean =>
        name === undefined || candidate.name === name;
      const channels = channelStatus(read).filter(wanted);
      const streams = (await streamStatus(read, options.config)).filter(wanted);
      if (channels.length === 0 && streams.length === 0 && name !== undefined)
        throw unknownName(name);
      process.stdout.write(
        options.output === "json"
          ? `${JSON.stringify({ apiVersion: "streams.okd.io/v1alpha1", kind: "Status", channels, streams }, null, 2)}\n`
          : renderText(channels, streams),
      );
    });
}

function channelStatus(read: StreamsRepository): readonly ChannelStatus[] {
  return [...read.channels.keys()].map((name) => {
    const held = read.channelReleases.get(name)?.value.spec;
    return {
      name,
      holds: held?.name ?? null,
      release: held?.release ?? null,
      stream: held?.stream ?? null,
      pullSpec: held?.pullSpec ?? null,
      requestedBy: held?.promotion.requestedBy ?? null,
    };
  });
}

async function streamStatus(
  read: StreamsRepository,
  config: string | undefined,
): Promise<readonly StreamStatus[]> {
  const plain = [...read.streams.values()].map(({ value }) => ({
    name: value.metadata.name,
    version: value.spec.version,
    state: value.spec.lifecycle?.state ?? "active",
    lastBuild: null,
    newestRelease: null,
  }));
  if (config === undefined) return plain;
  const settings = unwrap(readServerFile(config));
  const store = await openStore(readDatabaseAddress(process.env) ?? settings.database);
  try {
    const found = new Map<string, Pick<StreamStatus, "lastBuild" | "newestRelease">>();
    for (const { id } of await listRepositories(store.db)) {
      for (const [name, run] of await latestRuns(store.db, id, "build")) {
        const [release] = await listReleases(store.db, id, { stream: name }, 1);
        found.set(name, {
          lastBuild: { state: run.state, at: run.finishedAt ?? run.requestedAt },
          newestRelease:
            release === undefined ? null : { name: release.name, phase: release.phase },
        });
      }
    }
    return plain.map((stream) => ({ ...stream, ...found.get(stream.name) }));
  } finally {
    await store.close();
  }
}

function renderText(channels: readonly ChannelStatus[], streams: readonly StreamStatus[]): string {
  // cli-table3 colours its heads whatever it writes to.
  const style = process.stdout.isTTY ? {} : { style: { head: [], border: [] } };
  const channelTable = new Table({
    ...style,
    head: ["Channel", "Holds", "From release", "Asked for by"],
  });
  for (const { name, holds, release, requestedBy } of channels)
    channelTable.push([name, holds ?? "(empty)", release ?? "", requestedBy ?? ""]);
  const streamTable = new Table({
    ...style,
    head: ["Stream", "Version", "State", "Last build", "Newest release"],
  });
  for (const { name, version, state, lastBuild, newestRelease } of streams)
    streamTable.push([
      name,
      version,
      state,
      lastBuild === null ? "" : `${lastBuild.state} ${lastBuild.at}`,
      newestRelease === null ? "" : `${newestRelease.name} (${newestRelease.phase})`,
    ]);
  return [
    ...(channels.length > 0 ? [channelTable.toString()] : []),
    ...(streams.length > 0 ? [streamTable.toString()] : []),
    "",
  ].join("\n");
}

function unknownName(name: string): ProblemError {
  return new ProblemError({
    kind: "not-found",
    what: `There is no valid stream and no channel ${JSON.stringify(name)} here.`,
    next: "`okd-streams status` lists them all.",
  });
}
