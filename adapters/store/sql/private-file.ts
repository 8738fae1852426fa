import { closeSync, openSync } from "node:fs";

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
