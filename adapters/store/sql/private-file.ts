import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** A folder that is not there is not made: it may be that of a disk that is not mounted, and what belongs there would lie elsewhere unnoticed. */
export function mustHaveFolder(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}: make it first, or look whether its disk is mounted`);
  if (existsSync(path) && statSync(path).isDirectory()) throw new Error("It is a folder: name a file in it");
}

/**
 * Makes the file, empty, for its owner alone, where it is not there yet: SQLite would let everybody read it. What SQLite keeps beside it (its log)
 * takes the same mode. A file that is there keeps the mode that it was given; where none can be made, whoever opens it says why.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch {
    // It is there, or its folder is not to be written.
  }
}
