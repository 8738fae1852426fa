import { isRefusal, type Refusal, type Step } from "./finding.ts";
import type { Period } from "./period.ts";
import type { Rule } from "./rule.ts";
import { type Limit, runAndRoll, type Terms } from "./time-limit.ts";

/** Periods of which some are written in days and counted in business days, by an article that says so: each of those is told with it. */
export function runInBusinessDays(terms: Terms, rule: Rule, counts: (period: Period) => boolean, article: string): Limit | Refusal {
  const periods = terms.periods.map((period) => (counts(period) ? asBusinessDays(period) : period));
  const limit = runAndRoll({ ...terms, periods }, rule);
  const found = terms.periods.filter(counts);
  // An end that only moves on was counted before.
  if (isRefusal(limit) || found.length === 0 || terms.stood !== undefined) return limit;
  const { day } = terms.start;
  const told = found.map(({ text }): Step => ({ code: "in-business-days", args: { period: text }, day, source: article }));
  const [start, ...others] = limit.steps;
  return { ...limit, steps: [start!, ...told, ...others] };
}

/** Days take more figures in writing than business days do, so that what comes of them is not always a period that can be written. */
function asBusinessDays({ days }: Period): Period {
  return { text: `P${days}B`, months: 0, days: 0, businessDays: days, hours: 0 };
}
