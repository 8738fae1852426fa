import { dropped } from "./check-dropped.ts";
import { wrongFigures } from "./check-figures.ts";
import { duplicates, unmarked } from "./check-repeats.ts";
import { late, missing } from "./check-time.ts";
import type { Evidence, Violation } from "./evidence.ts";

/** What of the promise (docs/promises.md) was not kept, by the name of each invariant. Pure: it reads what is written and asks nobody. */
export function violations(evidence: Evidence): readonly Violation[] {
  return [
    ...missing(evidence).map((what): Violation => ({ invariant: "at-least-once", what })),
    ...duplicates(evidence).map((what): Violation => ({ invariant: "at-most-once", what })),
    ...late(evidence).map((what): Violation => ({ invariant: "in-time", what })),
    ...dropped(evidence).map((what): Violation => ({ invariant: "never-dropped", what })),
    ...wrongFigures(evidence).map((what): Violation => ({ invariant: "recomputable", what })),
    ...unmarked(evidence).map((what): Violation => ({ invariant: "repeat-marked", what })),
  ];
}
