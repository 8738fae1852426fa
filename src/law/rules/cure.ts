import { type Rule, ruleInForce } from "../rule.ts";
import { runPeriods } from "../time-limit.ts";

/** Periods to comply under an order: the trigger day is not counted, the last day stands, on a Sunday too. */
export const cure: Rule = ruleInForce({
  id: "cure",
  citation: "the period as the decision sets it",
  source: "how an authority was seen to count stands in the catalogue",
  rolls: false,
  versions: [
    { from: null, until: null, begins: "none", source: "a way of counting, no text of law", count: (terms) => runPeriods(terms, cure) },
  ],
});
