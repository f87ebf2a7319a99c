import { failed, ok, type Problem, type Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import type { StreamsRepository } from "../repository.ts";
import { changeBuild } from "./change-build.ts";
import { copyStream } from "./copy-stream.ts";
import { scaffoldPipelines, streamText, type NewStream } from "./stream-text.ts";

/** What a person says of a new stream of a repository, as far as they say it. */
export interface AskedStream extends NewStream {
  /** The stream that it is to be like; without it, it is a small one from nothing. */
  readonly like?: string | undefined;
  readonly description?: string | undefined;
  /** Path of a pipeline of the repository. */
  readonly pipeline?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
}

/** The text, or what is wrong with the other stream or the pipeline that was named. */
export type NewStreamText =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly about: "like" | "pipeline"; readonly problem: Problem };

/** The text of a new stream's file, as far as the repository has what it is to be made of. */
export function newStreamText(repository: StreamsRepository, asked: AskedStream): NewStreamText {
  const begun =
    asked.like === undefined
      ? fromNothing(repository, asked)
      : likeAnother(repository, asked.like, asked);
  if (!begun.ok) return { ok: false, about: "like", problem: begun.problem };
  const { pipeline: path, params, description } = asked;
  const pipeline = path === undefined ? undefined : repository.pipelines.get(path)?.value;
  if (path !== undefined && pipeline === undefined)
    return { ok: false, about: "pipeline", problem: unknownPipeline(repository, path) };
  const use = path === undefined || pipeline === undefined ? undefined : { path, pipeline };
  return { ok: true, value: changeBuild(begun.value, { use, params, description }) };
}

function fromNothing(repository: StreamsRepository, asked: AskedStream): Result<string> {
  if (repository.pipelines.has(scaffoldPipelines.build)) return ok(streamText(asked));
  const names = [...repository.streams.keys()].sort();
  return failed({
    kind: "not-found",
    what: `Without ${scaffoldPipelines.build} there is no pipeline for a stream from nothing.`,
    next: `Say which stream it is to be like, such as ${quoted(names[0] ?? "edge")}.`,
  });
}

function likeAnother(
  { streams, files }: StreamsRepository,
  name: string,
  asked: AskedStream,
): Result<string> {
  const other = streams.get(name);
  if (other === undefined)
    return failed({
      kind: "not-found",
      what: `There is no valid stream ${quoted(name)} here.`,
      next: suggestName(name, streams.keys(), "stream"),
    });
  const text = decodeText(files.get(other.path)?.content ?? new Uint8Array());
  return text.ok ? ok(copyStream({ text: text.value, value: other.value }, asked)) : text;
}

function unknownPipeline({ pipelines }: StreamsRepository, path: string): Problem {
  return {
    kind: "not-found",
    what: `There is no valid pipeline ${quoted(path)} here.`,
    next: suggestName(path, pipelines.keys(), "pipeline"),
  };
}
