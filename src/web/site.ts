import type { ClusterClient } from "../cluster/types.ts";
import type { Gate } from "../promotion/types.ts";
import type { Store } from "../store/open-store.ts";
import type { Promotion } from "../store/promotion-record.ts";
import type { Repository } from "../store/repository-record.ts";
import { listRepositories } from "../store/repositories.ts";
import type { StreamsRepository } from "../streams/repository.ts";

/** What the pages read the world through. */
export interface PagesOptions {
  readonly store: Store;
  readonly clusters: ReadonlyMap<string, ClusterClient>;
  /** The same for trials of pull requests, which run elsewhere; absent where nobody tries any. */
  readonly trialClusters?: ReadonlyMap<string, ClusterClient>;
  /** What a repository's default branch says now; undefined where it was not read yet. */
  readonly snapshot: (repositoryId: number) => Promise<StreamsRepository | undefined>;
  /** The gates of an open promotion as they stand now. */
  readonly gates: (promotion: Promotion) => Promise<readonly Gate[]>;
  /** Takes known secrets out of a log. */
  readonly redact: (text: string) => string;
  /** Base of GitHub's pages, without a slash at its end. */
  readonly gitHubUrl: string;
  /** Base of these pages, without a slash at its end; its path is where they are mounted for browsers. */
  readonly publicUrl: string;
  readonly version: string;
  readonly now: () => Date;
}

/** One request's view: the options, all repositories, and the moment. */
export interface Site extends PagesOptions {
  readonly repositories: readonly Repository[];
  readonly at: Date;
}

export async function openSite(options: PagesOptions): Promise<Site> {
  const repositories = await listRepositories(options.store.db);
  return { ...options, repositories, at: options.now() };
}

/** The repositories that a request is about: the one it names, or all of them. */
export function chooseRepositories(
  site: Site,
  fullName: string | undefined,
): readonly Repository[] {
  if (fullName === undefined) return site.repositories;
  return site.repositories.filter(({ owner, name }) => `${owner}/${name}` === fullName);
}

/** The first of the repositories for which there is something, with it. */
export async function findInRepositories<T>(
  repositories: readonly Repository[],
  find: (repository: Repository) => Promise<T | undefined>,
): Promise<{ readonly repository: Repository; readonly found: T } | undefined> {
  for (const repository of repositories) {
    const found = await find(repository);
    if (found !== undefined) return { repository, found };
  }
  return undefined;
}
