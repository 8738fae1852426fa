import { isRefusal, type Refusal, refuse, type Step } from "./finding.ts";
import type { Period } from "./period.ts";
import type { Rule } from "./rule.ts";
import { type Limit, runAndRoll, type Terms } from "./time-limit.ts";

/** A clear period with the months that R.421-7 CJA adds for those who live far from the court: they lengthen the period itself, then the last day is found. */
export function countedFromAfar(terms: Terms, rule: Rule, months: number): Limit | Refusal {
  // Counted already, with the months for distance.
  if (terms.stood !== undefined) return runAndRoll(terms, rule);
  const last = terms.periods.at(-1)!;
  if (last.hours > 0 || last.businessDays > 0) return refuse("distance-unfit", { rule: rule.id, period: last.text });
  const longer = lengthened(last, months);
  const limit = runAndRoll({ ...terms, periods: [...terms.periods.slice(0, -1), longer] }, rule, { extraDays: 1 });
  if (isRefusal(limit)) return limit;
  const step: Step = { code: "distance", args: { months, period: longer.text }, source: rule.citation };
  const [start, ...rest] = limit.steps;
  return { ...limit, steps: [start!, step, ...rest] };
}

function lengthened({ months, days, businessDays, hours }: Period, by: number): Period {
  return { text: `P${months + by}M${days === 0 ? "" : `${days}D`}`, months: months + by, days, businessDays, hours };
}
