import { type Rule, runPeriods } from "../time-limit.ts";

/** Periods to comply under an order: the trigger day is not counted, the last day stands, on a Sunday too. */
export const cure: Rule = {
  id: "cure",
  citation: "the period as the decision sets it",
  source: "how an authority was seen to count stands in the catalogue",
  rolls: false,
  limit: (terms) => runPeriods(terms, cure),
};
