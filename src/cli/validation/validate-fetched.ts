import { join } from "node:path";
import { openElsewhere } from "../../github/open-elsewhere.ts";
import { validateWithElsewhere } from "../../github/validate-with-elsewhere.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import { validateRepository } from "../../streams/validate-repository.ts";
import { userCacheFolder } from "./user-cache-folder.ts";

/**
 * The findings about the files of a repository, with the pipelines and tasks of other repositories that it names
 * fetched over https. The folder of the cache keeps what was fetched.
 */
export async function validateFetched(
  files: readonly RepositoryFile[],
  now: Date,
): Promise<readonly Finding[]> {
  const elsewhere = openElsewhere({ directory: join(userCacheFolder(), "git") });
  const { findings } = await validateWithElsewhere({
    validate: (fetched) => validateRepository(files, { now, elsewhere: fetched }),
    read: (file) => elsewhere.read(file),
  });
  return findings;
}
