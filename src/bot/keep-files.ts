import type { KeptFiles } from "../github/open-mirror.ts";
import type { RepositoryFile } from "../streams/repository.ts";

/** A repository with more is read anew, in part, for each of its revisions. */
const maximumBytes = 96 * 1024 * 1024;
/** What a file costs besides its content. */
const overhead = 512;

const files = new Map<string, RepositoryFile>();
let bytes = 0;

/**
 * The files of a repository as git knows them, those used last: a revision has nearly all files of the one before, and
 * the validation knows a file again that is the same object.
 */
export function keptFilesOf(repositoryId: number): KeptFiles {
  return {
    get: (entry) => {
      const key = `${repositoryId} ${entry.blob} ${entry.mode} ${entry.path}`;
      const file = files.get(key);
      if (file === undefined) return undefined;
      files.delete(key);
      files.set(key, file);
      return file;
    },
    put: (entry, file) => {
      files.set(`${repositoryId} ${entry.blob} ${entry.mode} ${entry.path}`, file);
      bytes += overhead + (file.content?.length ?? 0);
      for (const [key, oldest] of files) {
        if (bytes <= maximumBytes) break;
        files.delete(key);
        bytes -= overhead + (oldest.content?.length ?? 0);
      }
    },
  };
}
