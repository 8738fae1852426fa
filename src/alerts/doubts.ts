import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import { LONGEST_UNKNOWN } from "./backoff.ts";
import type { Due } from "./delivery.ts";

/** The stages of a deadline's story, each of which is out of date when a later one is said. */
export const CHAIN: ReadonlySet<string> = new Set(["reminder", "overdue", "total", "cap-reached"]);

/** What is a day's, where it is of no single matter. */
export const DAILY: ReadonlySet<string> = new Set(["digest", "canary", "withheld", "retention"]);

interface Shown {
  readonly deadline?: string | null;
  readonly clock?: string | null;
  readonly state?: string | null;
}

/**
 * From when on it is given up where nobody can tell whether it was shown. Undefined where it is settled as out of date before long (outdated.ts), as
 * a total is when the next one is said, and where it was never tried.
 */
export function givenUpFrom({ basis: { kind, stream, shown }, before }: Due): Instant | undefined {
  if (before === null || (stream === null && DAILY.has(kind))) return undefined;
  // A notice ends when what it tells of was shown or told.
  if (kind === "dead-letter") return undefined;
  const { firstAt } = before;
  // A removed card stands anew at whatever is said of its matter next.
  if (kind === "card") return firstAt;
  const { deadline = null, clock = null, state } = (shown ?? {}) as Shown;
  // The last reminder of a draft, or of a clock, is followed by nothing.
  const isLast = clock !== null || state === "draft";
  if (deadline !== null && (kind === "total" || (kind === "reminder" && !isLast))) return undefined;
  const isAhead = kind === "reminder" && deadline !== null && deadline > firstAt;
  const from = isAhead ? (`${deadline}T00:00:00.000Z` as Instant) : firstAt;
  return instantOf(millisecondsOf(from) + LONGEST_UNKNOWN);
}

/** How many attempts may have shown it, as far as anybody knows now. */
export function doubtsOf({ before, doubtful, partly }: Due): number {
  return (doubtful === true || partly === true) && before?.outcome?.kind === "unknown" ? before.outcome.doubts : 0;
}
