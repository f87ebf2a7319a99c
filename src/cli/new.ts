import { Command, Option } from "commander";
import { ProblemError, unwrap } from "../problem.ts";
import { suggestName } from "../suggest-name.ts";
import type { RepositoryFile, Sourced, StreamsRepository } from "../streams/repository.ts";
import { channelPath, channelText } from "../streams/scaffold/channel-text.ts";
import { approvalsOf } from "../streams/scaffold/new-repository.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";
import { newStreamText } from "../streams/scaffold/new-stream-text.ts";
import { scaffoldName } from "../streams/scaffold/scaffold-name.ts";
import { streamPath } from "../streams/scaffold/stream-text.ts";
import type { Channel, Stream } from "../streams/types.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import { notWritten, tellNewFiles } from "./check-new-files.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { listOption } from "./list-option.ts";
import { namedCommand } from "./named-command.ts";
import { readWorkingTree } from "./read-working-tree.ts";
import { collectParam } from "./run/given-params.ts";
import type { WrittenParam } from "./run/given-params.ts";
import { hasSchemas, refuseExisting, writeNewFiles } from "./write-files.ts";

interface StreamOptions {
  readonly from?: string;
  readonly title?: string;
  readonly version?: string;
  readonly operatingSystem?: "scos" | "fcos";
  readonly maintainer?: readonly string[];
  readonly description?: string;
  readonly pipeline?: string;
  readonly param: readonly WrittenParam[];
}

const optionOf = { like: "--from", pipeline: "--pipeline" } as const;

interface ChannelOptions {
  readonly source: string;
  readonly title?: string;
  readonly suffix?: string;
}

/**
 * `okd-streams new stream|channel NAME`: writes one file; exit code 0 valid, 1 where a copy still writes to the same places
 * as the other stream, 2 where nothing was written.
 */
export function newCommand(): Command {
  return namedCommand("new").addCommand(newStreamCommand()).addCommand(newChannelCommand());
}

function newStreamCommand(): Command {
  return new Command("stream")
    .description("Write streams/NAME.yaml")
    .argument("<name>", "name of the new stream")
    .option("--from <stream>", "a stream that it is to be like")
    .option("--title <title>", "one line that a person knows it by")
    .option("--version <version>", "version of OKD, such as 4.21")
    .addOption(
      new Option("--operating-system <name>", "operating system of the nodes").choices([
        "scos",
        "fcos",
      ]),
    )
    .option("--maintainer <login>", "who may build it by comment; may be repeated", listOption)
    .option("--description <text>", "what it is for and whom it serves")
    .option("--pipeline <path>", "a pipeline of this repository that builds it")
    .option("--param <name=value>", "what the pipeline is given; may be repeated", collectParam, [])
    .exitOverride()
    .action((name: string, { maintainer, from, param, ...options }: StreamOptions) => {
      const place = readPlace();
      const text = newStreamText(place.repository, {
        ...options,
        name: unwrap(scaffoldName(name, "stream")),
        like: from,
        maintainers: maintainer,
        params: Object.fromEntries(param.map(({ name, text }) => [name, text])),
        localSchemas: hasSchemas(place.root),
      });
      if (!text.ok) throw new ProblemError({ ...text.problem, where: optionOf[text.about] });
      writeChecked(place, { path: streamPath(name), text: text.value });
    });
}

function newChannelCommand(): Command {
  return new Command("channel")
    .description("Write streams/channels/NAME/channel.yaml")
    .argument("<name>", "name of the new channel")
    .requiredOption("--source <stream>", "the stream whose releases are promoted to it")
    .option("--title <title>", "one line that a person knows it by")
    .option("--suffix <suffix>", "part of published names between version and number")
    .exitOverride()
    .action((name: string, { source, ...options }: ChannelOptions) => {
      const place = readPlace();
      const { repository } = place;
      const text = channelText({
        ...options,
        name: unwrap(scaffoldName(name, "channel")),
        source: streamOf(repository, source).value,
        approvals: approvalsOf(repository.settings.roles?.approvers ?? []),
        publish: publishOf(repository, source),
        localSchemas: hasSchemas(place.root),
      });
      writeChecked(place, { path: channelPath(name), text });
    });
}

interface Place {
  readonly root: string;
  readonly files: readonly RepositoryFile[];
  readonly repository: StreamsRepository;
}

function readPlace(): Place {
  const { root } = findRepositoryRoot(".");
  const files = readWorkingTree(root);
  return { root, files, repository: validateRepository(files, { now: new Date() }) };
}

function streamOf({ streams }: StreamsRepository, name: string): Sourced<Stream> {
  const stream = streams.get(name);
  if (stream !== undefined) return stream;
  throw new ProblemError({
    kind: "not-found",
    what: `There is no valid stream ${JSON.stringify(name)} here.`,
    next: suggestName(name, streams.keys(), "stream"),
  });
}

/** As another channel publishes that takes from the same stream. */
function publishOf({ channels }: StreamsRepository, stream: string): Channel["spec"]["publish"] {
  const alike = [...channels.values()].find(
    ({ value: { spec } }) =>
      spec.publish !== undefined &&
      spec.sources.some((source) => "stream" in source && source.stream === stream),
  );
  return alike?.value.spec.publish;
}

function writeChecked({ root, files }: Place, file: ScaffoldFile): void {
  refuseExisting(root, [file], "Take another name.");
  const { repository, valid } = tellNewFiles(files, [file]);
  // What a copy has in common with the other stream is for the person to decide; what can't be read is of no use.
  const isRead = [...repository.streams.values()].some(({ path }) => path === file.path);
  if (!valid && !isRead) throw notWritten();
  writeNewFiles(root, [file]);
  process.stdout.write(`${file.path}\n`);
  const first = valid ? "Read it through, change what is not so," : "Change what is said above,";
  process.stderr.write(
    `${first} and try it:\n  okd-streams validate ${file.path}\n  okd-streams plan\n`,
  );
  process.exitCode = valid ? 0 : 1;
}
