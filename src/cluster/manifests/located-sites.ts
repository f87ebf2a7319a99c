import { usesOfChannel, usesOfStream } from "../../streams/checks/pipeline-uses.ts";
import type { PipelineUseSite } from "../../streams/checks/pipeline-uses.ts";
import type { StreamsRepository } from "../../streams/repository.ts";

interface LocatedSite {
  readonly site: PipelineUseSite;
  /** That it runs on. */
  readonly cluster: string | undefined;
}

/** Every use of a pipeline in a repository's streams and channels, with the cluster that it runs on. */
export function locatedSites(repository: StreamsRepository): readonly LocatedSite[] {
  const ofStreams = [...repository.streams.values()].flatMap((stream) =>
    usesOfStream(stream).map((site) => ({
      site,
      cluster: site.use.cluster ?? stream.value.spec.build.cluster,
    })),
  );
  const ofChannels = [...repository.channels.values()].flatMap((channel) =>
    usesOfChannel(channel).map((site) => ({ site, cluster: site.use.cluster })),
  );
  return [...ofStreams, ...ofChannels];
}
