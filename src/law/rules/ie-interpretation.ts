import { addDays, addMonths, type Day, day, dayOfMonth } from "../../time/day.ts";
import { addWorkingDays, type Calendar } from "../calendar.ts";
import { isRefusal, type Refusal, type Step } from "../finding.ts";
import type { Period } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runPeriods, type Start, type Terms } from "../time-limit.ts";

/**
 * Periods that an Irish enactment sets: the day from which they are reckoned is one of them (s. 18(h)), so that 28 days from a Monday end on a Sunday,
 * and nothing in the section moves a last day. A month ends on the day before the one that bears the number of its first day, and where the month has
 * no such day on its last: six months from 31 August 2002 held 28 February 2003 (DPP (Clarke) v Stafford, on the like words of the
 * Act of 1937, of which the headnote was read: https://ie.vlex.com/vid/dpp-clarke-v-stafford-793538077). Hours are elapsed time, as everywhere.
 */
export const ieInterpretation: Rule = ruleInForce({
  id: "ie-interpretation",
  citation: "Interpretation Act 2005, s. 18(h)",
  source: "http://www.irishstatutebook.ie/eli/2005/act/23",
  place: { calendar: "IE", zone: "Europe/Dublin" },
  rolls: false,
  firstDayCounts: true,
  mended: 1,
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

const MONTH_END = "DPP (Clarke) v Stafford [2005] IEHC 187";

/** Each period has its own first day: that of the next one is the day after the end of the one before. */
function count(terms: Terms): Limit | Refusal {
  // An end that only moves on has its first day counted already.
  if (terms.stood !== undefined) return runPeriods(terms, ieInterpretation);
  const [first, ...others] = terms.periods;
  let limit = countOne(first!, terms.start, terms);
  for (const period of others) {
    if (isRefusal(limit)) return limit;
    const next = countOne(period, dayAfter(limit), terms);
    limit = isRefusal(next) ? next : { ...next, steps: [...limit.steps, ...next.steps.slice(1)] };
  }
  return limit;
}

/** Hours go on from the moment at which others end. */
function dayAfter({ expiry, time, which }: Limit): Start {
  if (time === undefined) return { day: addDays(expiry, 1) };
  return { day: expiry, time, ...(which === undefined ? {} : { which }) };
}

function countOne(period: Period, start: Start, terms: Terms): Limit | Refusal {
  const limit = runPeriods({ ...terms, start, periods: [period] }, ieInterpretation);
  if (isRefusal(limit) || limit.time !== undefined) return limit;
  const expiry = lastDay(limit.expiry, period, start.day, terms.calendar);
  if (typeof expiry !== "string") return expiry;
  const steps = limit.steps.map(withFirstDay);
  if (expiry === limit.expiry) return { ...limit, steps };
  const step = { code: "first-day-counts", args: { first: start.day, day: expiry }, day: expiry, source: ieInterpretation.citation };
  return { ...limit, expiry, steps: [...steps, step] };
}

/** The last day of a period whose first day is one of it, by the end that it has where that day is left out. */
function lastDay(without: Day, { months, businessDays }: Period, first: Day, calendar: Calendar | null): Day | Refusal {
  // Of business days the first one counts if it is one: they are counted from the day before it. Without a table they were refused.
  if (businessDays > 0) return addWorkingDays(calendar!, addDays(first, -1), businessDays);
  return dayOfMonth(addMonths(first, months)) === dayOfMonth(first) ? addDays(without, -1) : without;
}

function withFirstDay(step: Step): Step {
  if (step.code === "start") return { ...step, code: "start-included" };
  return step.code === "added-month-end" ? { ...step, source: MONTH_END } : step;
}
