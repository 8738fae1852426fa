import type { ParcelDue } from "../ports/fleet.ts";
import type { Due } from "./delivery.ts";

/** The stages of a deadline's story, each of which is out of date when a later one is said. */
export const CHAIN: ReadonlySet<string> = new Set(["reminder", "overdue", "total", "cap-reached"]);

/** Whether a time comes at which it is out of date, and is settled as such (outdated.ts): what is of no single matter is a day's, or a notice. */
export function isOnceOutOfDate({ kind, stream }: Pick<ParcelDue, "kind" | "stream">): boolean {
  return stream === null || CHAIN.has(kind);
}

/** How many attempts may have shown it, as far as anybody knows now. */
export function doubtsOf({ before, doubtful }: Due): number {
  return doubtful === true && before?.outcome?.kind === "unknown" ? before.outcome.doubts : 0;
}
