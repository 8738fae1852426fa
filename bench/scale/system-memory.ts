import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { promisify } from "node:util";

/** The files of a database as the system keeps them in its memory: what is read does not tell by itself whether it came from the disk. */
export interface SystemMemory {
  /** Reads them through, so that the system has them, as far as they fit. */
  keep(): Promise<void>;
  /** Makes it forget them: each page that is asked for next comes from the disk. */
  drop(): Promise<void>;
}

export function systemMemoryOf(path: string): SystemMemory {
  return {
    async keep() {
      for await (const _ of createReadStream(path, { highWaterMark: 1 << 20 }));
    },
    // What coreutils names to drop a whole file; what is not written yet is written first, as it could not be dropped.
    drop: async () =>
      void (await promisify(execFile)("dd", [`of=${path}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"])),
  };
}
