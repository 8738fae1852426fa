import { addDays, day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runPeriods, type Terms } from "../time-limit.ts";

/**
 * Periods that an Irish enactment sets: the day from which they are reckoned is one of them (s. 18(h)), so that 28 days from a Monday end on a Sunday,
 * and nothing in the section moves a last day. Hours are elapsed time, as everywhere.
 */
export const ieInterpretation: Rule = ruleInForce({
  id: "ie-interpretation",
  citation: "Interpretation Act 2005, s. 18(h)",
  source: "http://www.irishstatutebook.ie/eli/2005/act/23",
  place: { calendar: "IE", zone: "Europe/Dublin" },
  rolls: false,
  versions: [
    {
      from: day("2006-01-01"),
      until: null,
      begins: "force",
      source: "Interpretation Act 2005, s. 1(2), http://www.irishstatutebook.ie/eli/2005/act/23",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const limit = runPeriods(terms, ieInterpretation);
  // An end that only moves on has its first day counted already.
  if (isRefusal(limit) || limit.time !== undefined || terms.stood !== undefined) return limit;
  // Of business days the first one counts if it is one: they are counted from the day before it.
  const inBusiness = terms.periods.some(({ businessDays }) => businessDays > 0);
  const begun = inBusiness ? runPeriods({ ...terms, start: { day: addDays(terms.start.day, -1) } }, ieInterpretation) : limit;
  if (isRefusal(begun)) return begun;
  const expiry = inBusiness ? begun.expiry : addDays(limit.expiry, -1);
  const step = { code: "first-day-counts", args: { first: terms.start.day, day: expiry }, day: expiry, source: ieInterpretation.citation };
  return { ...limit, expiry, steps: [...limit.steps, step] };
}
