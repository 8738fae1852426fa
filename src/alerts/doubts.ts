import type { Due } from "./delivery.ts";

/** How many attempts may have shown it, as far as anybody knows now. */
export function doubtsOf({ before, doubtful }: Due): number {
  return doubtful === true && before?.outcome?.kind === "unknown" ? before.outcome.doubts : 0;
}
